package dev.plumbline.collector.cli;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumbline alert} and {@code plumbline check} against a whole collector, and a real receiver that it tells. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class AlertCommandsTest {
    private static final long ROUND = T0.toEpochMilli();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final List<String> CAME = new CopyOnWriteArrayList<>();
    private static HttpServer receiver;
    private static Collector collector;

    @BeforeAll
    static void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            CAME.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/no") ? 403 : 202, -1);
            exchange.close();
        });
        receiver.start();
        Path secret = folder.resolve("hook.secret");
        Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        String alerts = """
                alerts:
                  receivers:
                    - {name: noc, type: webhook, url: 'http://127.0.0.1:%1$d/hook', secret-file: hook.secret}
                    - {name: shut, type: teams, url: 'http://127.0.0.1:%1$d/no', causes: [apple.down]}
                """.formatted(receiver.getAddress().getPort());
        collector = WifiCollector.start(
                folder,
                alerts,
                store -> store.apply(new RoundChange(
                        verdict(
                                ROUND,
                                Set.of(WIFI),
                                List.of(cell(WIFI, COURIER, State.BLOCKED, ROUND)),
                                List.of(),
                                List.of(requirement(WIFI, "apns-device-direct", Verdict.BROKEN))),
                        List.of(new Incident("i1", drop(WIFI), T0, Optional.empty(), ROUND)),
                        List.of(),
                        List.of(),
                        new ClosedRound(ROUND, T0, 1, 1),
                        0,
                        0,
                        0)));
        Files.writeString(folder.resolve("nobody.yaml"), """
                collector: 127.0.0.1:1
                identity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}
                """);
    }

    @AfterAll
    static void stop() {
        collector.close();
        receiver.stop(0);
    }

    private static Typed runWith(String config, String... arguments) {
        return Typed.at(folder.resolve(config), arguments);
    }

    private static Typed run(String... arguments) {
        return runWith("client.yaml", arguments);
    }

    private static JsonNode came(String type) throws Exception {
        while (true) {
            for (String body : CAME) {
                JsonNode json = JSON.readTree(body);
                if (json.path("type").asText().equals(type)) {
                    return json;
                }
            }
            Thread.sleep(20);
        }
    }

    @Test
    void whatIsOpenIsToldWithServicesAndTheLinesThatMendItAndListed() throws Exception {
        JsonNode data = came("finding.opened").path("data");
        assertThat(data.path("key").asText()).isEqualTo("campus/i1");
        assertThat(data.path("services").get(0).asText()).isNotEmpty();
        assertThat(data.path("dialect").asText()).isEqualTo("nftables");
        assertThat(data.path("lines").toString()).contains("5223");
        Typed list = run("alert", "list", "--json");
        while (!list.out().contains("DELIVERED")) {
            list = run("alert", "list", "--json");
        }
        assertThat(list.exitCode()).as(list.err()).isZero();
        JsonNode json = JSON.readTree(list.out());
        assertThat(json.path("receivers")).hasSize(2);
        assertThat(json.path("receivers").get(0).path("open").asInt()).isEqualTo(1);
        assertThat(json.path("deliveries").get(0).path("id").asText())
                .isEqualTo(data.path("id").asText());
        assertThat(run("alert", "list").out())
                .contains("RECEIVER", "noc", "shut", "DELIVERED", "opened", "wifi: connection attempts are silently");
        assertThat(run("alert", "list", "shut").out()).contains("Nothing waits").doesNotContain("noc");
    }

    @Test
    void aTestSaysForEachReceiverWhatCameBack() throws Exception {
        Typed both = run("alert", "test");
        assertThat(both.exitCode()).as(both.err()).isEqualTo(ExitCode.BROKEN);
        assertThat(both.out())
                .containsPattern("noc took the test after [0-9.]+ s: the answer was 202\\.")
                .containsPattern("shut did not take the test after [0-9.]+ s: the answer was 403\\.");
        assertThat(came("alert.test").path("data").path("sentence").asText()).contains("This is a test");
        Typed one = run("alert", "test", "noc", "--json");
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(JSON.readTree(one.out()).get(0).path("delivered").asBoolean())
                .isTrue();
        Typed none = run("alert", "test", "nco");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("there is no receiver 'nco'; there are noc, shut");
        assertThat(run("alert").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSegmentThatNobodyLooksAtIsUnknownWhateverWasOpen() {
        Typed check = run("check", "--segment", "wifi");
        assertThat(check.exitCode()).as(check.err()).isEqualTo(3);
        assertThat(check.out())
                .startsWith("PLUMBLINE UNKNOWN - wifi: no agent of this segment is connected")
                .contains("|ok=0;")
                .hasLineCount(1);
    }

    @Test
    void aProgramIsGivenTheSameAsOneObject() throws Exception {
        Typed check = run("check", "--segment", "wifi", "--json");
        assertThat(check.exitCode()).as(check.err()).isEqualTo(3);
        JsonNode status = JSON.readTree(check.out());
        assertThat(status.path("status").asText()).isEqualTo("UNKNOWN");
        assertThat(status.path("exitCode").asInt()).isEqualTo(3);
        assertThat(status.path("segment").asText()).isEqualTo("wifi");
        assertThat(status.path("line").asText()).startsWith("PLUMBLINE UNKNOWN - wifi: ");
    }

    @Test
    void aFaultOfTheProgramIsUnknownInOneLineToo() {
        InstantSource broken = () -> {
            throw new IllegalStateException("the clock is broken");
        };
        Typed check = Typed.at(
                folder.resolve("client.yaml"),
                broken.withZone(ZoneOffset.UTC),
                new StringWriter(),
                "check",
                "--segment",
                "wifi");
        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(check.out())
                .startsWith("PLUMBLINE UNKNOWN - internal error, please report it: ")
                .contains("the clock is broken")
                .hasLineCount(1);
        assertThat(check.err()).contains("\tat ");
    }

    @Test
    void whatCannotBeAskedIsUnknownInOneLineOnStandardOutput() {
        assertThat(runWith("nobody.yaml", "check", "--segment", "wifi")).satisfies(a -> {
            assertThat(a.exitCode()).isEqualTo(3);
            assertThat(a.out()).startsWith("PLUMBLINE UNKNOWN - the collector at 127.0.0.1:1 cannot be reached");
            assertThat(a.out()).hasLineCount(1);
        });
        assertThat(run("check", "--segment", "attic")).satisfies(a -> {
            assertThat(a.exitCode()).isEqualTo(3);
            assertThat(a.out()).contains("no segment 'attic' is declared; declared are wifi");
        });
        assertThat(run("check", "--segment", "wifi", "--service", "maps-of-mars"))
                .satisfies(a -> {
                    assertThat(a.exitCode()).isEqualTo(3);
                    assertThat(a.out()).contains("no target of service 'maps-of-mars' is asked of wifi; there are ");
                });
        assertThat(run("check").exitCode()).isEqualTo(3);
        assertThat(run("check", "--sgement", "wifi").exitCode()).isEqualTo(3);
        assertThat(run("check", "--help").exitCode()).isEqualTo(3);
    }
}
