package dev.plumbline.deploy.bench.month;

import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A collector in a process of its own, with the memory that {@code plumbline-collector} has, at the time at which the past ends. */
final class MonthCollector implements AutoCloseable {
    static final String READY = "month-collector ";

    private final Process process;
    private final int port;
    private final int people;
    private final int http;

    private MonthCollector(Process process, String ports) {
        this.process = process;
        String[] each = ports.split(" ", -1);
        this.port = Integer.parseInt(each[0]);
        this.people = Integer.parseInt(each[1]);
        this.http = Integer.parseInt(each[2]);
    }

    /** @param shift how far its clock is from this host's */
    static MonthCollector start(Path config, Duration shift) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        MonthCollector.class.getName(),
                        config.toString(),
                        Long.toString(shift.toMillis()))
                .redirectError(config.resolveSibling("collector.log").toFile())
                .start();
        var lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                MonthCollector ready = new MonthCollector(process, line.substring(READY.length()));
                Thread drain = new Thread(() -> lines.lines().forEach(said -> {}), "collector's words");
                drain.setDaemon(true);
                drain.start();
                return ready;
            }
        }
        throw new IOException("the collector did not start; " + config.resolveSibling("collector.log") + " says why");
    }

    int port() {
        return port;
    }

    int people() {
        return people;
    }

    int http() {
        return http;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // Its input ends, and it with it.
        process.getOutputStream().close();
        process.waitFor();
    }

    /** The process itself: configuration and shift in milliseconds. */
    public static void main(String[] arguments) throws ConfigException, IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMillis(Long.parseLong(arguments[1])));
        try (Collector collector = Collector.start(CollectorConfig.read(Path.of(arguments[0])), clock)) {
            System.out.println(
                    READY + collector.port() + " " + collector.peoplePort().orElseThrow() + " "
                            + collector.httpPort().orElseThrow());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
        System.exit(0);
    }
}
