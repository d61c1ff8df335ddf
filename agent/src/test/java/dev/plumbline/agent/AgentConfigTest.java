package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.agent.helper.HelperSettings;
import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(config.spoolBytes()).isEqualTo(256L << 20);
        assertThat(config.overlays()).isEmpty();
        assertThat(config.hold()).isEqualTo(HoldSettings.STANDARD);
        assertThat(config.hold().ages()).extracting(Duration::toMinutes).containsExactly(1L, 5L, 15L, 30L, 60L);
        assertThat(config.helper()).isEqualTo(HelperSettings.NONE);
        assertThat(config.proxy()).isEmpty();
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
}
