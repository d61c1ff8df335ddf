package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.AgentConfig;
import dev.plumbline.agent.RunningAgent;
import dev.plumbline.agent.enrol.JoinCommand;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.deploy.launcher.Plumbline;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.loopback.HeldPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A whole collector, the commands that people type, and agents that join it: from the invitation to the acknowledged batch. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
abstract class EnrollingCampus {
    @TempDir
    Path folder;

    private final List<RunningAgent> agents = new ArrayList<>();
    private final List<CountingProber> probers = new ArrayList<>();
    /** Keep the collector's ports while it is away, so that nobody else gets them. */
    private final List<HeldPort> held = new ArrayList<>();

    Collector collector;

    record Typed(int exitCode, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        int agentsPort = hold();
        int enrolmentPort = hold();
        Files.writeString(folder.resolve("collector.yaml"), """
                listen: 127.0.0.1:%d
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                rounds: {every: 10s, grace: 1s}
                enrolment: {listen: "127.0.0.1:%d", authority: {certificate: pki/ca.pem, key: pki/ca.key}}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                    - {id: wifi, kind: wifi}
                """.formatted(agentsPort, enrolmentPort));
        Files.writeString(folder.resolve("client.yaml"), """
                collector: 127.0.0.1:%d
                identity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}
                """.formatted(agentsPort));
        startCollector();
    }

    private int hold() throws IOException {
        HeldPort port = new HeldPort();
        held.add(port);
        return port.number();
    }

    final void startCollector() throws Exception {
        collector = Collector.start(CollectorConfig.read(folder.resolve("collector.yaml")), Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        probers.forEach(CountingProber::stop);
        agents.forEach(RunningAgent::close);
        collector.close();
        for (HeldPort port : held) {
            port.close();
        }
    }

    String audit() {
        return plumbline("audit").out();
    }

    /** Tables without what makes them tables. */
    String agentsTable() {
        return plumbline("agents").out().replaceAll("\\s+", " ");
    }

    String invite() {
        Typed invited = plumbline("invite", "--segment", "wifi");
        assertThat(invited.exitCode()).as(invited.err()).isZero();
        assertThat(invited.err()).contains("one host, once, until ");
        return invited.out().strip();
    }

    /** The folder's name is the agent's, too. */
    Typed join(String token, String name) {
        return join(token, name, new StringWriter());
    }

    /** @param more options */
    Typed join(String token, String name, StringWriter out, String... more) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new JoinCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of(token, "--dir", folder.resolve(name).toString(), "--name", name),
                                Stream.of(more))
                        .toArray(String[]::new));
        return new Typed(code, out.toString(), err.toString());
    }

    Typed plumbline(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("PLUMBLINE_CONFIG", folder.resolve("client.yaml").toString()),
                folder,
                Terminal.PLAIN,
                Clock.systemUTC());
        int code = Plumbline.commandLine(surroundings).execute(arguments);
        return new Typed(code, out.toString(), err.toString());
    }

    RunningAgent run(String name, Clock clock) throws Exception {
        CountingProber prober = new CountingProber();
        RunningAgent agent =
                RunningAgent.start(AgentConfig.read(folder.resolve(name).resolve("agent.yaml")), prober, clock, "test");
        probers.add(prober);
        agents.add(agent);
        return agent;
    }

    TlsMaterial load(String name) throws Exception {
        Path in = folder.resolve(name);
        return new TlsFiles(in.resolve("identity.pem"), in.resolve("identity.pem"), in.resolve("ca.pem"))
                .load(Instant.now());
    }

    List<String> names(String name) throws IOException {
        try (Stream<Path> inside = Files.list(folder.resolve(name))) {
            return inside.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition did not come true").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
