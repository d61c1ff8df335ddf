package dev.plumbline.agent;

import dev.plumbline.agent.helper.Helper;
import dev.plumbline.agent.net.Network;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-agent run}: measures and streams until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Follows the collector's plan, streams what is measured, and keeps measuring without a collector.")
public final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The agent's configuration, YAML.")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        try {
            List<AgentConfig> segments = AgentConfig.readAll(config);
            try (Network network = Network.ofHost()) {
                runUntilStopped(segments, network);
            }
            return 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    private static void runUntilStopped(List<AgentConfig> segments, Network network)
            throws ConfigException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AgentConfig first = segments.get(0); // the only one where a helper listens
        try (RunningSegments running = RunningSegments.start(segments, network, Clock.systemUTC(), version());
                Helper helper = Helper.start(first.helper(), first.data(), network.ticker())) {
            // SIGTERM and SIGINT end the virtual machine when the hook returns: it waits until all is written.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(stop, stopped), "stop"));
            stop.await();
        } finally {
            stopped.countDown();
        }
    }

    private static void drain(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String version() {
        String version = RunCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
