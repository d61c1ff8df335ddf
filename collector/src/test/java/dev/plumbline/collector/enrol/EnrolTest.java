package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class EnrolTest {
    @TempDir
    Path folder;

    private Path pki;
    private Path agent;

    @BeforeEach
    void init() {
        pki = folder.resolve("pki");
        agent = folder.resolve("agent");
        assertThat(runInit()).isEqualTo("0 ");
    }

    @Test
    void everyCertificateCarriesItsIdentityAndLoads() throws Exception {
        assertThat(issue("wifi")).isEqualTo("0 ");
        assertThat(load(pki, "collector").identity()).isEqualTo(SpiffeId.collector("campus.example", "campus"));
        assertThat(load(pki, "operator").identity()).isEqualTo(SpiffeId.operator("campus.example", "campus", "admin"));
        TlsMaterial issued = load(agent, "agent");
        assertThat(issued.identity()).hasToString("spiffe://campus.example/site/campus/segment/wifi/agent/wifi-1");
        issued.chain().get(0).verify(issued.trust().get(0).getPublicKey());
    }

    @Test
    void theCollectorsCertificateNamesItsAddresses() throws Exception {
        assertThat(load(pki, "collector").chain().get(0).getSubjectAlternativeNames())
                .extracting(n -> String.valueOf(n.get(1)))
                .containsExactly(
                        "spiffe://campus.example/site/campus/collector",
                        "10.20.99.10",
                        "2001:db8:0:99:0:0:0:10",
                        "collector.campus.example");
    }

    @Test
    void keysAreForTheirOwnerOnly() throws Exception {
        for (String key : new String[] {"ca.key", "collector.key", "operator.key", "administrator.token"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.resolve(key))))
                    .as(key)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theFirstTokenIsPrintedOnceAndOnlyItsHashIsForTheCollector() throws Exception {
        String token = Files.readString(pki.resolve("administrator.token")).strip();
        assertThat(token).matches("plumbline-[A-Za-z0-9_-]{43}");
        Path hash = pki.resolve(FirstToken.NAME);
        assertThat(Files.readString(hash))
                .doesNotContain(token)
                .startsWith(BearerToken.hash(token).hex() + " ");
        assertThat(FirstToken.beside(pki.resolve("collector.pem")).orElseThrow().hash())
                .isEqualTo(BearerToken.hash(token));
        Path other = folder.resolve("other");
        StringWriter out = new StringWriter();
        int code = new CommandLine(new InitCommand())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--dir",
                        other.toString(),
                        "--site",
                        "campus",
                        "--domain",
                        "campus.example",
                        "--address",
                        "127.0.0.1");
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("kept in " + other.resolve("administrator.token") + ": "
                        + Files.readString(other.resolve("administrator.token")).strip());
    }

    @Test
    void programsAreToldTheSameAsPeople() throws Exception {
        Path other = folder.resolve("other");
        JsonNode made = json(
                new InitCommand(),
                "--dir",
                other.toString(),
                "--site",
                "campus",
                "--domain",
                "campus.example",
                "--address",
                "127.0.0.1",
                "--json");
        assertThat(made.get("site").asText()).isEqualTo("campus");
        assertThat(made.get("administratorToken").asText())
                .isEqualTo(Files.readString(
                                Path.of(made.get("administratorTokenFile").asText()))
                        .strip());
        JsonNode issued = json(
                new IssueCommand(),
                "--dir",
                other.toString(),
                "--segment",
                "wifi",
                "--agent",
                "wifi-1",
                "--out",
                agent.toString(),
                "--json");
        assertThat(issued.get("identity").asText())
                .isEqualTo(load(agent, "agent").identity().toString());
        assertThat(issued.get("folder").asText()).isEqualTo(agent.toString());
    }

    private static JsonNode json(Object command, String... args) throws Exception {
        StringWriter out = new StringWriter();
        assertThat(new CommandLine(command).setOut(new PrintWriter(out, true)).execute(args))
                .isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        byte[] before = Files.readAllBytes(pki.resolve("ca.key"));
        assertThat(runInit()).startsWith("2 " + pki.resolve("ca.pem") + ": is there already and is not overwritten");
        assertThat(Files.readAllBytes(pki.resolve("ca.key"))).isEqualTo(before);
        issue("wifi");
        assertThat(issue("wifi")).startsWith("2 " + agent.resolve("agent.pem") + ": is there already");
    }

    @Test
    void aReservedSegmentIsRefusedBeforeAnythingIsWritten() {
        assertThat(issue("all")).startsWith("2 segment id 'all' is reserved");
        assertThat(agent).doesNotExist();
    }

    @Test
    void eachWrongFileIsNamed() throws Exception {
        issue("wifi");
        TlsFiles swapped = new TlsFiles(agent.resolve("agent.pem"), pki.resolve("ca.key"), agent.resolve("none.pem"));
        assertThat(problems(swapped, Instant.now()))
                .isEqualTo(agent.resolve("none.pem") + ": is missing; name an existing PEM file");
        TlsFiles otherKey = new TlsFiles(agent.resolve("agent.pem"), pki.resolve("ca.key"), pki.resolve("ca.pem"));
        assertThat(problems(otherKey, Instant.now()))
                .isEqualTo(pki.resolve("ca.key") + ": is not the key of " + agent.resolve("agent.pem")
                        + "; name the one that was made with it");
        TlsFiles noKey = new TlsFiles(agent.resolve("agent.pem"), pki.resolve("ca.pem"), pki.resolve("ca.pem"));
        assertThat(problems(noKey, Instant.now())).contains("holds 0 keys in PKCS #8");
        TlsFiles good = new TlsFiles(agent.resolve("agent.pem"), agent.resolve("agent.key"), pki.resolve("ca.pem"));
        assertThat(problems(good, Instant.now().plus(Duration.ofDays(900))))
                .startsWith(agent.resolve("agent.pem") + ": the certificate ended on ");
        assertThat(problems(good, Instant.now().minus(Duration.ofDays(1)))).contains("set the clock");
    }

    private static String problems(TlsFiles files, Instant now) {
        return catchThrowableOfType(ConfigException.class, () -> files.load(now))
                .problems()
                .get(0);
    }

    private static TlsMaterial load(Path dir, String name) throws ConfigException {
        return new TlsFiles(dir.resolve(name + ".pem"), dir.resolve(name + ".key"), dir.resolve("ca.pem"))
                .load(Instant.now());
    }

    private String runInit() {
        return run(
                new InitCommand(),
                "--dir",
                pki.toString(),
                "--site",
                "campus",
                "--domain",
                "campus.example",
                "--address",
                "10.20.99.10",
                "--address",
                "2001:db8:0:99::10",
                "--address",
                "collector.campus.example");
    }

    private String issue(String segment) {
        return run(
                new IssueCommand(),
                "--dir",
                pki.toString(),
                "--segment",
                segment,
                "--agent",
                segment + "-1",
                "--out",
                agent.toString());
    }

    private static String run(Object command, String... args) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(command)
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter(), true))
                .execute(args);
        return code + " " + err;
    }
}
