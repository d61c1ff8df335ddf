package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.http.HttpSettings;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.people.PeopleSettings;
import dev.plumbline.config.ConfigException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CollectorConfigTest {
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

    private Path file(String text) throws Exception {
        Path file = folder.resolve("collector.yaml");
        Files.writeString(file, text);
        return file;
    }

    private void authority(String site) throws ConfigException {
        new AuthorityFolder(folder.resolve("pki")).init("campus.example", site, List.of("127.0.0.1"), Instant.now());
    }

    @Test
    void whatIsLeftOutHasItsStandard() throws Exception {
        CollectorConfig config = CollectorConfig.read(file(LEAST));
        assertThat(config.listen()).isEqualTo(new InetSocketAddress("0.0.0.0", 50051));
        assertThat(config.settings()).isEqualTo(Plan.Settings.DEFAULT);
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.overlays()).isEmpty();
        assertThat(config.metrics()).isEmpty();
        assertThat(config.data()).isEqualTo(folder.resolve("data"));
        assertThat(config.identity().certificate()).isEqualTo(folder.resolve("pki/collector.pem"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retention: {}                                          | 90      | 400
            retention: {observations: 30d}                         | 30      | 400
            retention: {observations: 500d}                        | 500     | 500
            retention: {observations: 30d, history: 60d}           | 30      | 60
            retention: {observations: 192h, history: 8d}           | 8       | 8
            retention: {observations: 30d, history: forever}       | 30      | forever
            retention: {observations: forever}                     | forever | forever
            """)
    void whatIsKeptIsKeptSoLong(String written, String observations, String history) throws Exception {
        RetentionPolicy policy = CollectorConfig.read(file(LEAST + written)).retention();
        assertThat(days(policy.observations())).isEqualTo(observations);
        assertThat(days(policy.history())).isEqualTo(history);
    }

    private static String days(Optional<Duration> kept) {
        return kept.map(d -> String.valueOf(d.toDays())).orElse("forever");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {observations: 7d}                         | retention.observations | write 8d or more, or forever
            {observations: 90}                         | retention.observations | is no time span; write 90d, or forever
            {observations: [90d]}                      | retention.observations | must be a single value
            {observations: 30d, history: 29d}          | retention.history      | write 30d or more, or forever
            {observations: forever, history: 4000d}    | retention.history      | as long as they are; write forever
            {history: 60d}                             | retention.history      | write 90d or more, or forever
            {journal: 30d}                             | retention.journal      | is no key here
            """)
    void whatCannotBeKeptSoLongIsToldWithWhatWouldBeRight(String written, String key, String said) {
        assertThatThrownBy(() -> CollectorConfig.read(file(LEAST + "retention: " + written)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(said);
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Files.writeString(folder.resolve("overlay.yaml"), "");
        CollectorConfig config = CollectorConfig.read(file("""
                listen: '[::1]:7'
                catalog: {overlays: [overlay.yaml]}
                rounds: {every: 30s, grace: 3s}
                metrics: {}
                probe: {stage-timeout: 2s, confirmations: 2, connections-per-second: 5}
                """ + LEAST));
        assertThat(config.listen().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(config.listen().getPort()).isEqualTo(7);
        assertThat(config.overlays()).containsExactly(folder.resolve("overlay.yaml"));
        assertThat(config.settings()).isEqualTo(new Plan.Settings(Duration.ofSeconds(30), Duration.ofSeconds(2), 2, 5));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.timing().isDemanded(30_000)).isFalse();
        assertThat(config.metrics().orElseThrow().listen())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9465));
    }

    @Test
    void halfABracketIsNoAddressToListenOn() throws Exception {
        Path file = file("listen: '[::051'\n" + LEAST);
        assertThatThrownBy(() -> CollectorConfig.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("collector.yaml:1: listen: '[::051' is no address to listen on");
    }

    @Test
    void everyProblemIsNamedAtOnceWithFileLineAndKey() throws Exception {
        Path file = file("""
                listen: here
                catalog: {overlays: [none.yaml]}
                rounds: {every: 1s, grcae: 3s}
                probe: {confirmations: many}
                """ + LEAST);
        assertThatThrownBy(() -> CollectorConfig.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("collector.yaml:1: listen: 'here' is no address")
                .hasMessageContaining("collector.yaml:2: catalog.overlays: ")
                .hasMessageContaining("collector.yaml:3: rounds.every: '1s' is too short")
                .hasMessageContaining("collector.yaml:3: rounds.grcae: is no key here")
                .hasMessageContaining("collector.yaml:4: probe.confirmations: 'many' is no whole number");
    }

    @Test
    void thePortForPeopleIsOpenedOnlyWhereItIsNamed() throws Exception {
        assertThat(CollectorConfig.read(file(LEAST)).people()).isEmpty();
        PeopleSettings standard =
                CollectorConfig.read(file("people: {}\n" + LEAST)).people().orElseThrow();
        assertThat(standard)
                .isEqualTo(new PeopleSettings(new InetSocketAddress("0.0.0.0", 50053), Optional.empty(), false));
        PeopleSettings own = CollectorConfig.read(
                        file("people: {listen: '[::1]:9', certificate: own.pem, key: own.key}\n" + LEAST))
                .people()
                .orElseThrow();
        assertThat(own.own().orElseThrow().certificate()).isEqualTo(folder.resolve("own.pem"));
        assertThat(own.listen().getPort()).isEqualTo(9);
    }

    @Test
    void nothingIsServedOverHttpUnlessItIsAskedFor() throws Exception {
        assertThat(CollectorConfig.read(file(LEAST)).http()).isEmpty();
        assertThat(CollectorConfig.read(file("http: {}\n" + LEAST)).http())
                .hasValue(new HttpSettings(new InetSocketAddress("0.0.0.0", 50054), false));
        assertThat(CollectorConfig.read(file("http: {listen: '127.0.0.1:9', plain-text: true}\n" + LEAST))
                        .http())
                .hasValue(new HttpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), true));
        Path file = file("http: {listen: '192.0.2.1:9', plain-text: true}\n" + LEAST);
        assertThatThrownBy(() -> CollectorConfig.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.plain-text: is for loopback alone: tokens would be read on the way to"
                        + " 192.0.2.1:9; leave it out, or let http.listen be 127.0.0.1:PORT or [::1]:PORT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # people                                                  | what is said
            {plain-text: true}                                        | people.plain-text: is for loopback alone: tokens would be read on the way to 0.0.0.0:50053
            {listen: '192.0.2.1:9', plain-text: true}                 | people.plain-text: is for loopback alone: tokens would be read on the way to 192.0.2.1:9
            {listen: '[::]:9', plain-text: true}                      | people.plain-text: is for loopback alone
            {listen: '127.0.0.1:9', plain-text: true, key: own.key, certificate: own.pem} | people.plain-text: shows no certificate; leave it out
            {certificate: own.pem}                                    | people.key: is missing
            {key: own.key}                                            | people.certificate: is missing
            {plain-text: maybe}                                       | people.plain-text: 'maybe' is neither true nor false
            {tls: false}                                              | people.tls: is no key here
            """, quoteCharacter = '"')
    void whatThePortForPeopleCannotBeIsSaid(String people, String sentence) throws Exception {
        Path file = file("people: " + people + "\n" + LEAST);
        assertThatThrownBy(() -> CollectorConfig.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("collector.yaml:1: " + sentence);
    }

    @Test
    void whatIsAgreedBelongsToTheSite() throws Exception {
        CollectorConfig config = CollectorConfig.read(file(LEAST + """
                  waivers: [{segment: wifi, scope: tcp/2197, owner: Jo, reason: printers, until: 2026-12-31}]
                """));
        assertThat(config.agreements().waivers()).hasSize(1);
        Path wrong = file(LEAST + """
                  waivers: [{segment: wlan, scope: tcp/2197, owner: Jo, reason: printers, until: 2026-12-31}]
                """);
        assertThatThrownBy(() -> CollectorConfig.read(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "collector.yaml:7: site.waivers[0].segment: no segment 'wlan' is declared; declared are wifi");
    }

    @Test
    void aSegmentCannotBeDeniedWhatIsRequiredOfIt() throws Exception {
        Path file = file(LEAST.replace(
                "kind: wifi}", "kind: wifi, must-not-reach: [gdmf.apple.com:443, jss.campus.example:8443]}"));
        CollectorConfig config = CollectorConfig.read(file);
        assertThat(config.site().denied()).hasSize(2);
        assertThatThrownBy(config::catalog)
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": site.segments: segment wifi must not reach gdmf.apple.com:443, but plumbline-2026"
                        + " requires target gdmf.apple.com:443 of it; take it out of must-not-reach, or the service or"
                        + " role that asks for it out of the site");
    }

    @Test
    void anOverlayCannotTakeTheIdOfWhatIsDenied() throws Exception {
        Files.writeString(
                folder.resolve("overlay.yaml"),
                "targets: [{id: 'deny:jss.campus.example:8443', add: true, host: www.campus.example}]");
        CollectorConfig config = CollectorConfig.read(file("catalog: {overlays: [overlay.yaml]}\n"
                + LEAST.replace("kind: wifi}", "kind: wifi, must-not-reach: [jss.campus.example:8443]}")));
        assertThatThrownBy(config::catalog)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("an overlay has a target deny:jss.campus.example:8443 of its own");
    }

    @Test
    void aPortInUseLeavesNothingOpen() throws Exception {
        authority("campus");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = file("listen: 127.0.0.1:" + taken.getLocalPort() + "\n" + LEAST);
            assertThatThrownBy(() -> Collector.start(CollectorConfig.read(file), Clock.systemUTC()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .doesNotContain("judge", "journal");
        try (Collector free =
                Collector.start(CollectorConfig.read(file("listen: 127.0.0.1:0\n" + LEAST)), Clock.systemUTC())) {
            assertThat(free.port()).isPositive();
        }
    }

    @Test
    void oneFolderIsHeldByOneCollector() throws Exception {
        authority("campus");
        CollectorConfig config = CollectorConfig.read(file("listen: 127.0.0.1:0\n" + LEAST));
        try (Collector first = Collector.start(config, Clock.systemUTC())) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> Collector.start(config, Clock.systemUTC()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("in use by another collector");
        }
    }

    /** By how much the journal's end is ahead of this host's clock. */
    @ParameterizedTest
    @CsvSource({"PT-24H,true", "PT47H,true", "PT49H,false", "P4000D,false"})
    void aJournalOfAnotherTimeIsNotContinued(Duration ahead, boolean starts) throws Exception {
        authority("campus");
        CollectorConfig config = CollectorConfig.read(file("listen: 127.0.0.1:0\n" + LEAST));
        Instant end = Instant.now().plus(ahead).truncatedTo(ChronoUnit.MICROS);
        Collector.start(config, Clock.systemUTC()).close();
        try (SqliteJournal journal = SqliteJournal.open(config.data().resolve("journal.db"))) {
            journal.enterClosing(1, 0, end).get(60, TimeUnit.SECONDS);
        }
        if (starts) {
            try (Collector again = Collector.start(config, Clock.systemUTC())) {
                assertThat(again.port()).isPositive();
            }
        } else {
            assertThatThrownBy(() -> Collector.start(config, Clock.systemUTC()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("journal.db: ends at " + end)
                    .hasMessageContaining("set the clock");
        }
    }

    @Test
    void aCertificateOfAnotherSiteIsRefused() throws Exception {
        authority("elsewhere");
        CollectorConfig config = CollectorConfig.read(file("listen: 127.0.0.1:0\n" + LEAST));
        assertThatThrownBy(() -> Collector.start(config, Clock.systemUTC()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("collector.pem")
                .hasMessageContaining("site of this collector is campus");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void theProgramEndsWithTwoAndTheSentences() throws Exception {
        StringWriter err = new StringWriter();
        CommandLine line = CollectorMain.commandLine().setErr(new PrintWriter(err, true));
        assertThat(line.execute("serve", "--config", file(LEAST).toString())).isEqualTo(2);
        assertThat(err.toString()).contains("collector.pem: is missing", "ca.pem: is missing");
        assertThat(line.execute("serve")).isEqualTo(2);
        assertThat(line.execute("serve", "--config", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
    }
}
