package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.enrol.AuthorityFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands with a token, against the people's port of a whole collector over TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class TokenCommandsTest {
    @TempDir
    static Path folder;

    private static Collector collector;

    @BeforeAll
    static void start() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        Path config = folder.resolve("collector.yaml");
        Files.writeString(config, """
                listen: 127.0.0.1:0
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                people: {listen: 127.0.0.1:0}
                data: data
                site:
                  id: campus
                  domain: campus.example
                  segments:
                    - {id: wifi, kind: wifi}
                    - {id: srv, kind: server}
                """);
        collector = Collector.start(CollectorConfig.read(config), Clock.systemUTC());
        client("client.yaml", "token: pki/administrator.token");
        secret("loose.token", "plumbline-" + "A".repeat(43));
        Files.setPosixFilePermissions(folder.resolve("loose.token"), PosixFilePermissions.fromString("rw-r-----"));
        secret("unknown.token", "plumbline-" + "A".repeat(43));
        secret("join.token", "plumbline1-AAAA");
        secret("short.token", "plumbline-AAAA");
        secret("empty.token", "");
        secret("long.token", "plumbline-" + "A".repeat(2000));
        Files.writeString(folder.resolve("no.pem"), "nothing");
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static int port() {
        return collector.peoplePort().orElseThrow();
    }

    private static void client(String file, String token) throws Exception {
        Files.writeString(
                folder.resolve(file), "collector: 127.0.0.1:" + port() + "\n" + token + "\ntrust: pki/ca.pem\n");
    }

    private static void secret(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.writeString(path, text + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private static Typed run(String... arguments) {
        return Typed.at(folder.resolve("client.yaml"), arguments);
    }

    @Test
    void aTokenIsPrintedAloneAndWorksListedAndIsTakenBack() throws Exception {
        Typed created = run("token", "create", "--role", "viewer", "--name", "wall", "--segment", "wifi");
        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(created.out()).matches("plumbline-[A-Za-z0-9_-]{43}\\R");
        assertThat(created.err())
                .startsWith("Token ")
                .contains(", role viewer, until ")
                .doesNotContain(created.out().strip());
        secret("wall.token", created.out().strip());
        client("wall.yaml", "token: wall.token");
        JsonNode segments =
                Typed.at(folder.resolve("wall.yaml"), "segments", "--json").json();
        assertThat(segments).hasSize(1);
        assertThat(segments.get(0).get("id").asText()).isEqualTo("wifi");
        Typed denied = Typed.at(folder.resolve("wall.yaml"), "agents");
        assertThat(denied.exitCode()).isEqualTo(2);
        assertThat(denied.err()).contains("refuses this: the role viewer of this token may not call");
        JsonNode listed = named("wall", "tokens");
        assertThat(listed.get("role").asText()).isEqualTo("viewer");
        assertThat(listed.get("segments").get(0).asText()).isEqualTo("wifi");
        assertThat(listed.get("state").asText()).isEqualTo("OPEN");
        assertThat(listed.get("lastUsedFrom").asText()).isEqualTo("127.0.0.1");
        String id = listed.get("id").asText();
        assertThat(run("tokens")
                        .out()
                        .lines()
                        .filter(l -> l.startsWith(id))
                        .findFirst()
                        .orElseThrow())
                .contains("wall", "viewer", "wifi", "until 2", " from 127.0.0.1");
        assertThat(listed.get("createdBy").asText()).startsWith("token first-administrator (");
        Typed revoked = run("token", "revoke", id);
        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        assertThat(revoked.out()).startsWith("Token " + id + " of wall opens nothing since ");
        Typed refused = Typed.at(folder.resolve("wall.yaml"), "segments");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("refuses this: this token opens nothing");
        assertThat(run("tokens", "--json").out()).doesNotContain(id);
        assertThat(named("wall", "tokens", "--all").get("state").asText()).isEqualTo("REVOKED");
        assertThat(run("tokens", "--all").out()).contains("REVOKED 2");
    }

    private static JsonNode named(String name, String... command) throws Exception {
        String[] all = java.util.Arrays.copyOf(command, command.length + 1);
        all[command.length] = "--json";
        for (JsonNode token : run(all).json()) {
            if (token.get("name").asText().equals(name)) {
                return token;
            }
        }
        throw new AssertionError("no token of the name " + name);
    }

    @Test
    void whatIsMissingOrMeaninglessIsAUsageError() {
        assertThat(run("token").exitCode()).isEqualTo(2);
        assertThat(run("token", "create", "--role", "viewer").exitCode()).isEqualTo(2);
        assertThat(run("token", "create", "--role", "root", "--name", "jo").err())
                .startsWith("'root' is no role; there are viewer, auditor, operator, administrator");
        assertThat(run("token", "create", "--role", "viewer", "--name", "jo", "--ttl", "soon")
                        .err())
                .startsWith("--ttl: 'soon' is no time span");
        assertThat(run("token", "create", "--role", "viewer", "--name", "jo", "--ttl", "367d")
                        .err())
                .startsWith("a token lasts from one minute to 366 days");
        assertThat(run("token", "revoke", "0123456789").err()).startsWith("there is no token 0123456789");
    }

    @Test
    void theOptionsSayTheSameAsTheFile() {
        Typed answer = Typed.at(
                folder.resolve("none.yaml"),
                "segments",
                "--collector",
                "127.0.0.1:" + port(),
                "--token",
                folder.resolve("pki/administrator.token").toString(),
                "--trust",
                folder.resolve("pki/ca.pem").toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("wifi", "srv");
        assertThat(run("segments", "--token", "a", "--key", "b").err())
                .startsWith("give --token, or --certificate and");
        assertThat(run("segments", "--key", "b").err()).contains("client.yaml names a token");
        assertThat(run("segments", "--token", folder.resolve("unknown.token").toString())
                        .err())
                .contains("this token opens nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # client.yaml, after its address                               | what is said
            token: none.token; trust: pki/ca.pem                           | none.token is no file; name the one that holds the token
            token: loose.token; trust: pki/ca.pem                          | token: others may read FOLDER/loose.token or write it; chmod 600 it
            token: join.token; trust: pki/ca.pem                           | join.token: this is a token for a host that is to join (plumbline invite)
            token: short.token; trust: pki/ca.pem                          | short.token: this is no token; one begins with plumbline-
            token: empty.token; trust: pki/ca.pem                          | empty.token: this is no token; one begins with plumbline-
            token: long.token; trust: pki/ca.pem                           | long.token is longer than a token is
            token: unknown.token; trust: pki/ca.pem                        | refuses this: this token opens nothing
            token: unknown.token                                           | wrong.yaml:1: trust: is missing; name the file with the authority
            token: unknown.token; trust: no.pem                            | no.pem: holds no certificate
            token: unknown.token; trust: none.pem                          | none.pem: is missing; name an existing PEM file
            token: unknown.token; trust: pki/ca.pem; plain-text: true      | wrong.yaml:4: plain-text: has no certificate that trust could be for
            token: unknown.token; trust: pki/ca.pem; identity: {key: a}    | wrong.yaml:4: identity: stands beside token; leave one of the two out
            trust: pki/ca.pem                                              | identity: is missing, and so is token; write token: FILE and trust: FILE
            tokn: unknown.token                                            | wrong.yaml:2: tokn: is no key here
            """)
    void eachMistakeOfTheFileIsSaid(String yaml, String sentence) throws Exception {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "collector: 127.0.0.1:" + port() + "\n" + yaml.replace("; ", "\n") + "\n");
        Typed answer = Typed.at(file, "segments");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains(sentence.replace("FOLDER", folder.toString()))
                .doesNotContain("AAAA");
    }

    @Test
    void aTokenIsNeverShownInPlainTextBeyondThisHost() throws Exception {
        Path file = folder.resolve("plain.yaml");
        Files.writeString(file, "collector: 192.0.2.1:50053\ntoken: unknown.token\nplain-text: true\n");
        assertThat(Typed.at(file, "segments").err())
                .contains("plain.yaml:3: plain-text: is for loopback alone: the token would be read on the way to"
                        + " 192.0.2.1:50053");
        Files.writeString(file, "collector: 127.0.0.1:1\ntoken: unknown.token\nplain-text: true\n");
        Typed elsewhere = Typed.at(file, "segments", "--collector", "192.0.2.1:50053");
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.err()).startsWith("--collector: plain text is for loopback alone");
    }

    @Test
    void whoeverTakesTheWrongPortOrAuthorityIsToldWhatToLookAt() throws Exception {
        Path file = folder.resolve("elsewhere.yaml");
        String token = "token: pki/administrator.token\n";
        Files.writeString(file, "collector: 127.0.0.1:" + collector.port() + "\n" + token + "trust: pki/ca.pem\n");
        Typed agents = Typed.at(file, "segments");
        assertThat(agents.exitCode()).isEqualTo(4);
        assertThat(agents.err()).contains("that the port is the one for people (people.listen)");
        new AuthorityFolder(folder.resolve("other"))
                .init("other.example", "other", List.of("127.0.0.1"), Instant.now());
        Files.writeString(file, "collector: 127.0.0.1:" + port() + "\n" + token + "trust: other/ca.pem\n");
        Typed foreign = Typed.at(file, "segments");
        assertThat(foreign.exitCode()).isEqualTo(4);
        assertThat(foreign.err()).contains("leads to what trust names").doesNotContain("plumbline-");
        Files.writeString(
                file,
                "collector: 127.0.0.1:" + port()
                        + "\nidentity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}\n");
        Typed certified = Typed.at(file, "segments");
        assertThat(certified.exitCode()).isEqualTo(2);
        assertThat(certified.err()).contains("no token was shown");
    }
}
