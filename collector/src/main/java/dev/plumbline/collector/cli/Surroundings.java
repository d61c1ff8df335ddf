package dev.plumbline.collector.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command sees of the world.
 *
 * @param out answers and nothing else
 * @param err sentences for people and progress
 * @param home where {@code .config} lies
 */
public record Surroundings(
        PrintWriter out, PrintWriter err, Map<String, String> environment, Path home, Terminal terminal, Clock clock) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                environment,
                Path.of(System.getProperty("user.home", ".")),
                Terminal.ofProcess(environment),
                Clock.systemUTC());
    }
}
