package dev.plumbline.agent;

import dev.plumbline.agent.helper.Helper;
import dev.plumbline.agent.hold.Holding;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
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
            AgentConfig read = AgentConfig.read(config);
            read.identity().load(Clock.systemUTC().instant());
            try (RunnerProber prober = RunnerProber.open(read)) {
                runUntilStopped(read, prober);
            }
            return 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    private static void runUntilStopped(AgentConfig config, RunnerProber prober)
            throws ConfigException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        String version = version();
        try (RunningAgent agent = RunningAgent.start(config, prober, Clock.systemUTC(), version);
                Holding holding = agent.hold(config, prober.network());
                Helper helper = Helper.start(
                        config.helper(), config.data(), prober.network().ticker())) {
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
