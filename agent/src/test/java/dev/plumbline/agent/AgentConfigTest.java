package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.agent.helper.HelperSettings;
import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class AgentConfigTest {
    private static final Path FILE = Path.of("/etc/plumbline/agent.yaml");

    @Test
    void everyKeyIsReadAndTheRestHasItsDefault() throws Exception {
        AgentConfig config = AgentConfig.read(ConfigFile.parse(FILE, """
                collector: [192.0.2.1:50051, "[2001:db8::1]:50052", collector.example:50053]
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                """));
        assertThat(config.collector())
                .containsExactly(
                        new CollectorAddress("192.0.2.1", 50051),
                        new CollectorAddress("2001:db8::1", 50052),
                        new CollectorAddress("collector.example", 50053));
        assertThat(config.identity().key()).isEqualTo(Path.of("/etc/plumbline/agent.key"));
        assertThat(config.data()).isEqualTo(Path.of("/etc/plumbline/data"));
        assertThat(config.spool()).isEqualTo(SpoolBounds.STANDARD);
        assertThat(config.overlays()).isEmpty();
        assertThat(config.hold()).isEqualTo(HoldSettings.STANDARD);
        assertThat(config.hold().ages()).extracting(Duration::toMinutes).containsExactly(1L, 5L, 15L, 30L, 60L);
        assertThat(config.helper()).isEqualTo(HelperSettings.NONE);
        assertThat(config.proxy()).isEmpty();
        assertThat(config.policy()).isEqualTo(Policy.STANDARD);
        assertThat(config.metrics()).isEmpty();
    }

    @Test
    void metricsAreShownWhereTheyAreAskedFor() throws Exception {
        AgentConfig config = AgentConfig.read(ConfigFile.parse(FILE, """
                collector: 192.0.2.1:50051
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                metrics: {}
                """));
        assertThat(config.metrics().orElseThrow().listen())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9464));
    }

    @Test
    void theSpoolIsBoundedInSizeAndAgeAndAHelperThatThePolicyRefusesIsAContradiction() throws Exception {
        String known = """
                collector: 192.0.2.1:50051
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                """;
        AgentConfig config = AgentConfig.read(ConfigFile.parse(FILE, known + "spool-megabytes: 2\nspool-days: 3\n"));
        assertThat(config.spool()).isEqualTo(new SpoolBounds(2 << 20, Duration.ofDays(3)));
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> AgentConfig.read(ConfigFile.parse(FILE, known + """
                policy: {ports: [443]}
                helper:
                  address: ["203.0.113.18:5223"]
                  pin: 0000000000000000000000000000000000000000000000000000000000000000
                """)));
        assertThat(e.problems())
                .containsExactly(FILE + ":4: helper: is refused by the policy of this file:"
                        + " tcp/5223 is not among the ports that policy.ports allows");
    }

    @Test
    void holdsAndTheHelperAreReadStrictly() throws Exception {
        String known = """
                collector: 192.0.2.1:50051
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                """;
        AgentConfig config = AgentConfig.read(ConfigFile.parse(FILE, known + """
                hold: {ages: [30s, 10s], ports: [443], pause: 2s}
                helper:
                  listen: ["tls:0.0.0.0:5223", "udp:[::1]:443"]
                  address: ["203.0.113.18:5223", "tls:[2001:db8::18]:443", "http:203.0.113.18:80", "udp:203.0.113.18:443"]
                  pin: 0000000000000000000000000000000000000000000000000000000000000000
                """));
        assertThat(config.hold())
                .isEqualTo(new HoldSettings(
                        List.of(Duration.ofSeconds(10), Duration.ofSeconds(30)), List.of(443), Duration.ofSeconds(2)));
        assertThat(config.helper().address())
                .hasToString("[tls 203.0.113.18:5223, tls [2001:db8::18]:443,"
                        + " http 203.0.113.18:80, udp 203.0.113.18:443]");
        assertThat(config.helper().held())
                .as("what is held to")
                .extracting(t -> t.id() + " at " + t.host())
                .containsExactly("helper:5223 at 203.0.113.18", "helper:443 at 2001:db8::18");
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> AgentConfig.read(ConfigFile.parse(FILE, known + """
                        hold: {ages: [500ms], ports: [0], often: true}
                        helper: {listen: [0.0.0.0:5223], address: [helper.example:5223]}
                        """)));
        assertThat(e.problems())
                .contains(
                        FILE + ":3: hold.ages: '500ms' is not between 1s and 2h",
                        FILE + ":3: hold.ports: '0' is no port; write one from 1 to 65535",
                        FILE + ":4: helper.address: needs the pin that the helper printed: without it anybody could be"
                                + " the helper")
                .anyMatch(p -> p.contains("hold.often: is no key here"))
                .anyMatch(p -> p.contains("'0.0.0.0:5223' does not say what is echoed"))
                .anyMatch(p -> p.contains("'helper.example:5223' is no address with a port"));
    }

    @Test
    void theProxysPasswordIsReadFromAFileOfItsOwnAndNeverShown(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("proxy.password"), "lab:secret\n");
        String head = "collector: 192.0.2.1:50051\nidentity: {certificate: a, key: b, trust: c}\n";
        AgentConfig config = AgentConfig.read(ConfigFile.parse(
                folder.resolve("agent.yaml"),
                head + "proxy: {address: proxy.campus.example:3128, credentials: proxy.password}\n"));
        assertThat(config.proxy().orElseThrow())
                .isEqualTo(new ProxyChoice(
                        "proxy.campus.example", 3128, "configuration", Optional.of("Basic bGFiOnNlY3JldA==")));
        assertThat(config.toString()).doesNotContain("bGFi").doesNotContain("secret");
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> AgentConfig.read(ConfigFile.parse(
                        folder.resolve("agent.yaml"), head + "proxy: {address: nonsense, credentials: none.txt}\n")));
        assertThat(e.problems())
                .hasSize(2)
                .anyMatch(p -> p.contains("'nonsense' is no proxy"))
                .anyMatch(p -> p.contains("none.txt cannot be read"));
    }

    @Test
    void allProblemsComeAtOnceWithFileLineAndKey() {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> AgentConfig.read(ConfigFile.parse(FILE, """
                        colector: 192.0.2.1:50051
                        identity: {certificate: agent.pem, key: agent.key}
                        spool-megabytes: 0
                        """)));
        assertThat(e.problems())
                .contains(
                        FILE + ":1: collector: is missing; give the collector's address, such as 192.0.2.1:50051",
                        FILE + ":2: identity.trust: is missing",
                        FILE + ":3: spool-megabytes: 0 is not between 1 and 1048576")
                .anyMatch(p -> p.startsWith(FILE + ":1: colector: is no key here"));
    }

    @Test
    void runEndsWithTwoAndASentenceForEachMissingFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("agent.yaml"), """
                collector: 192.0.2.1:50051
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                """);
        StringWriter err = new StringWriter();
        int code = new CommandLine(new RunCommand())
                .setErr(new PrintWriter(err, true))
                .execute("--config", file.toString());
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .contains(file + ":2: identity: " + folder.resolve("agent.pem")
                        + ": is missing; name an existing PEM file");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aFileMayServeSeveralSegmentsEachWithItsOwnWayOut() throws Exception {
        List<AgentConfig> segments = AgentConfig.readAll(ConfigFile.parse(FILE, """
                collector: 192.0.2.1:50051
                hold: {ports: [443]}
                segments:
                  - identity: {certificate: wifi/agent.pem, key: wifi/agent.key, trust: ca.pem}
                    data: wifi
                    source: [10.20.20.10, "2001:db8:0:20::10"]
                    resolvers: [10.20.20.1, "10.20.20.2:5353", "2001:db8::53", "[2001:db8::54]:54"]
                  - identity: {certificate: srv/agent.pem, key: srv/agent.key, trust: ca.pem}
                    data: /var/lib/srv
                    interface: eth0.30
                """));
        assertThat(segments)
                .extracting(s -> s.leaving().sources().toString(), s -> s.data().toString())
                .containsExactly(
                        tuple("source 10.20.20.10 and 2001:db8:0:20::10", "/etc/plumbline/wifi"),
                        tuple("interface eth0.30", "/var/lib/srv"));
        assertThat(segments.get(0).leaving().resolvers())
                .extracting(r -> r.getAddress().getHostAddress() + " " + r.getPort())
                .containsExactly(
                        "10.20.20.1 53", "10.20.20.2 5353", "2001:db8:0:0:0:0:0:53 53", "2001:db8:0:0:0:0:0:54 54");
        assertThat(segments.get(1).leaving().resolvers()).isEmpty();
        assertThat(segments).extracting(s -> s.hold().ports()).containsOnly(List.of(443));
        assertThat(segments).extracting(s -> s.collector().size()).containsOnly(1);
    }

    @Test
    void aFileWithoutTheListServesOneSegmentAsTheHostLeaves() throws Exception {
        assertThat(AgentConfig.readAll(ConfigFile.parse(FILE, """
                collector: 192.0.2.1:50051
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                """)))
                .singleElement()
                .satisfies(one -> assertThat(one.leaving().sources().isBound()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # first entry                  | second entry               | problem
            data: a, source: 10.0.0.1      | data: a, source: 10.0.0.2  | :4: segments[1].data: takes folder /etc/plumbline/a, which the entry at
            data: a, source: 10.0.0.1      | data: b, source: 10.0.0.1  | :4: segments[1].source: takes source 10.0.0.1, which the entry at
            data: a, interface: eth0.20    | data: b, interface: eth0.20| :4: segments[1].interface: takes interface eth0.20, which the entry at
            data: a, source: 10.0.0.1      | data: b, source: 10.0.0.2  | :4: segments[1].identity: takes certificate /etc/plumbline/x.pem, which
            data: a                        | data: b, source: 10.0.0.2  | :3: segments[0].source: is missing, or stands beside an interface
            data: a, source: 10.0.0.1, interface: eth0 | data: b, source: 10.0.0.2 | :3: segments[0].source: is missing, or stands beside
            source: 10.0.0.1               | data: b, source: 10.0.0.2  | :3: segments[0].data: is missing
            data: a, source: wifi.example  | data: b, source: 10.0.0.2  | :3: segments[0].source: 'wifi.example' is no address
            data: a, source: [10.0.0.1, 10.0.0.3] | data: b, source: 10.0.0.2 | :3: segments[0].source: names two addresses of one family
            data: a, source: 10.0.0.1, resolvers: [dns.example] | data: b, source: 10.0.0.2 | 'dns.example' is no resolver's address
            data: a, source: 10.0.0.1, spool: x | data: b, source: 10.0.0.2 | :3: segments[0].spool: is no key here
            """)
    void whatSegmentsShareOrLackIsRefusedWithItsLine(String first, String second, String problem) {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> AgentConfig.readAll(ConfigFile.parse(FILE, """
                collector: 192.0.2.1:50051
                segments:
                  - {identity: {certificate: x.pem, key: x.key, trust: ca.pem}, %s}
                  - {identity: {certificate: x.pem, key: x.key, trust: ca.pem}, %s}
                """.formatted(first, second))));
        assertThat(e.problems()).anyMatch(p -> p.contains(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            identity: {certificate: y.pem, key: y.key, trust: ca.pem} | identity: belongs into each entry of segments
            data: elsewhere                                           | data: belongs into each entry of segments
            helper: {listen: ["tls:0.0.0.0:5223"]}                    | helper: listens, which an agent of several
            """)
    void whatBelongsToASegmentDoesNotStandBesideTheList(String line, String problem) {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> AgentConfig.readAll(ConfigFile.parse(FILE, """
                collector: 192.0.2.1:50051
                segments:
                  - {identity: {certificate: x.pem, key: x.key, trust: ca.pem}, data: a, source: 10.0.0.1}
                %s
                """.formatted(line))));
        assertThat(e.problems()).hasSize(1).allMatch(p -> p.contains(":4: " + problem));
    }
}
