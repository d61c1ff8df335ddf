package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code alerts} of a configuration. */
final class AlertConfigTest {
    private static final String LEAST = """
            identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
            data: data
            site:
              id: campus
              domain: campus.example
              segments: [{id: wifi, kind: wifi}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        secret("hook.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "rw-------");
        secret("open.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "rw-r--r--");
        secret("short.secret", "abc", "rw-------");
        secret("two-lines", "https://hooks.example/a\nb", "rw-------");
        secret("slack.url", "https://hooks.slack.example/services/T1/B2", "rw-r-----");
        secret("words", "no address at all", "rw-------");
        secret("token", "s3cret-tok\u0113n", "rw-------");
    }

    private void secret(String name, String text, String permissions) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private CollectorConfig read(String alerts) throws Exception {
        Path file = folder.resolve("collector.yaml");
        Files.writeString(file, LEAST + alerts);
        return CollectorConfig.read(file);
    }

    @Test
    void whereNothingIsWrittenNobodyIsTold() throws Exception {
        assertThat(read("").alerts()).isEmpty();
    }

    @Test
    void everyKeyIsRead() throws Exception {
        CollectorConfig config = read("""
                alerts:
                  link: https://plumbline.campus.example/
                  dialect: asa
                  give-up-after: 6h
                  receivers:
                    - name: noc
                      type: webhook
                      url: https://noc.campus.example/hook
                      secret-file: hook.secret
                      segments: [wifi, site, apple]
                      causes: ["tcp.*", tls.intercepted]
                      severities: [violation, fault, note]
                      quiet-hours:
                        - {zone: Europe/Berlin, from: "22:00", to: "07:00", days: [mon, tue, wed, thu, fri]}
                        - {zone: Europe/Berlin, from: "00:00", to: "00:00", days: [sat, sun]}
                    - {name: am, type: alertmanager, url: 'http://127.0.0.1:9093', token-file: hook.secret, resend: 30s}
                    - {name: chat, type: slack, url-file: slack.url}
                    - {name: team, type: teams, url: 'https://teams.example/workflows/1?sig=2'}
                    - {name: mail, type: email, host: mail.campus.example, user: u, password-file: hook.secret, from: a@campus.example, to: [b@campus.example, c@campus.example]}
                    - {name: relay, type: email, host: '::1', port: 2525, security: none, from: a@campus.example, to: b@campus.example}
                    - {name: siem, type: syslog, host: log.campus.example, transport: tls, facility: local3}
                """);
        assertThat(config.alerts()).get().satisfies(alerts -> {
            assertThat(alerts.giveUpAfter()).isEqualTo(Duration.ofHours(6));
            assertThat(alerts.receivers()).hasSize(7);
            assertThat(alerts.receivers().toString())
                    .contains(
                            "port=587", "security=STARTTLS", "port=2525", "port=6514", "resend=PT30S", "Europe/Berlin")
                    .doesNotContain("MfKQ", "hooks.slack");
        });
    }

    @Test
    void whatMayBeASecretIsNotRepeated() {
        assertThatThrownBy(() ->
                        read("alerts: {receivers: [{name: a, type: slack, url: 'hooks.slack.example/T/B/KEY'}]}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is no URL to send to")
                .hasMessageNotContaining("KEY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                 | alerts.receivers: is missing
            {receivers: [{name: NOC, type: teams, url: 'https://a.example'}]}  | 'NOC' is no name
            {receivers: [{name: a, type: pager}]}                              | 'pager' is no type of receiver; there are webhook,
            {receivers: [{name: a}]}                                           | receivers[0].type: is missing
            {receivers: [{name: a, type: teams, url: 'ftp://a.example'}]}      | is no URL to send to; write https://HOST/PATH
            {receivers: [{name: a, type: teams, url: 'https://u:p@a.example'}]} | is no URL to send to
            {receivers: [{name: a, type: teams}]}                              | receivers[0].url: is missing
            {receivers: [{name: a, type: teams, url: 'https://a.example'}, {name: a, type: teams, url: 'https://a.example'}]} | names another receiver already
            {receivers: [{name: a, type: slack, url: 'https://a.example', url-file: slack.url}]} | stands beside url-file
            {receivers: [{name: a, type: teams, url: 'http://a.example/'}]} | must be https: what is sent there holds a secret
            {receivers: [{name: a, type: alertmanager, url: 'http://a.example', token-file: hook.secret}]} | must be https
            {receivers: [{name: a, type: alertmanager, url: 'https://a.example', token-file: token}]} | holds a character that is not ASCII
            {receivers: [{name: a, type: slack, url-file: none}]}              | is no file; name the one that holds the secret
            {receivers: [{name: a, type: slack, url-file: two-lines}]}         | does not hold one line with a secret
            {receivers: [{name: a, type: slack, url-file: words}]}             | holds no URL
            {receivers: [{name: a, type: webhook, url: 'https://a.example', secret-file: open.secret}]} | everybody may read it; chmod 600
            {receivers: [{name: a, type: webhook, url: 'https://a.example', secret-file: short.secret}]} | can be guessed
            {receivers: [{name: a, type: webhook, url: 'https://a.example'}]}  | receivers[0].secret-file: is missing
            {receivers: [{name: a, type: teams, url: 'https://a.example', segments: [guest]}]} | no segment 'guest' is declared; declared are wifi, and beside them there are site and apple
            {receivers: [{name: a, type: teams, url: 'https://a.example', causes: [tcp.dorp]}]} | 'tcp.dorp' is no cause
            {receivers: [{name: a, type: teams, url: 'https://a.example', severities: [bad]}]} | 'bad' is none of violation, fault, note
            {receivers: [{name: a, type: teams, url: 'https://a.example', quiet-hours: [{zone: Berlin, from: "22:00", to: "07:00"}]}]} | 'Berlin' is no time zone
            {receivers: [{name: a, type: teams, url: 'https://a.example', quiet-hours: [{from: "22:00", to: "07:00"}]}]} | zone: is missing
            {receivers: [{name: a, type: teams, url: 'https://a.example', quiet-hours: [{zone: UTC, from: 10pm, to: "07:00"}]}]} | '10pm' is no time of day
            {receivers: [{name: a, type: teams, url: 'https://a.example', quiet-hours: [{zone: UTC, from: "07:00", to: "07:00"}]}]} | would never end
            {receivers: [{name: a, type: teams, url: 'https://a.example', quiet-hours: [{zone: UTC, from: "22:00", to: "07:00", days: [monday]}]}]} | 'monday' is no day
            {receivers: [{name: a, type: alertmanager, url: 'http://a.example', resend: 5m}]} | '5m' is not between 5s and 4m
            {receivers: [{name: a, type: alertmanager, url: 'http://a.example', quiet-hours: [{zone: UTC, from: "22:00", to: "07:00"}]}]} | mute_time_intervals
            {receivers: [{name: a, type: email, host: 'mail.example:25', from: a@b.example, to: a@b.example}]} | is no host
            {receivers: [{name: a, type: email, host: mail.example, from: 'Kim <a@b.example>', to: a@b.example}]} | is no mail address
            {receivers: [{name: a, type: email, host: mail.example, from: a@b.example}]} | receivers[0].to: is missing
            {receivers: [{name: a, type: email, host: mail.example, security: none, user: u, password-file: hook.secret, from: a@b.example, to: a@b.example}]} | anybody could read the password
            {receivers: [{name: a, type: syslog, host: log.example, trust: ca.pem}]} | is for transport: tls
            {receivers: [{name: a, type: syslog, host: log.example, url: 'https://a.example'}]} | receivers[0].url: is no key here
            {link: 'https://a.example/?x=1', receivers: [{name: a, type: teams, url: 'https://a.example'}]} | has a query
            {dialect: cobol, receivers: [{name: a, type: teams, url: 'https://a.example'}]} | 'cobol' is none of
            {give-up-after: 1s, receivers: [{name: a, type: teams, url: 'https://a.example'}]} | '1s' is not between 1m and 30d
            """)
    void whatIsWrongIsToldWithWhatWouldBeRight(String written, String said) {
        assertThatThrownBy(() -> read("alerts: " + written + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("collector.yaml:7: alerts")
                .hasMessageContaining(said);
    }
}
