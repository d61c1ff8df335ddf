package dev.plumbline.collector;

import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector serve}: runs until it is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the collector.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:It was told to end",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error",
            "75:Not now: the disk does not take what the store needs; try again when it does"
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "collector.yaml")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() throws InterruptedException {
        try {
            CollectorConfig config = CollectorConfig.read(file);
            Collector collector = Collector.start(config, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(collector), "end"));
            LOG.info(
                    "ready: site {} with {} segments on {}:{}",
                    config.site().id(),
                    collector.segments(),
                    config.listen().getHostString(),
                    collector.port());
            collector
                    .peoplePort()
                    .ifPresent(port -> LOG.info(
                            "people and tools come with tokens to port {}{}",
                            port,
                            config.people().orElseThrow().isPlain() ? ", without TLS" : ""));
            collector
                    .httpPort()
                    .ifPresent(port -> LOG.info(
                            "the same as JSON is at {}://{}:{}/v1/segments, described in /openapi.json",
                            config.http().orElseThrow().isPlain() ? "http" : "https",
                            config.http().orElseThrow().listen().getHostString(),
                            port));
            new CountDownLatch(1).await();
            return 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CollectorMain.USAGE;
        } catch (NotNowException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CollectorMain.NOT_NOW;
        }
    }

    private static void end(Collector collector) {
        collector.close();
        LOG.info("ended: everything that was acknowledged is on the disk");
    }
}
