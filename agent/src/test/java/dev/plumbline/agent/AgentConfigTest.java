package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(config.proxy()).isEmpty();
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
