package dev.plumbline.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real program of this host; a test that needs one which is missing is skipped, with the reason. */
public final class Tool {
    private static final long PATIENCE_SECONDS = 60;

    /** How it ended, and what it said on both streams. */
    public record Outcome(int exitCode, String said) {}

    private final List<String> command;

    private Tool(List<String> command) {
        this.command = List.copyOf(command);
    }

    public static Tool find(String program) {
        Optional<Path> found = Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), program + " is not installed here (deploy/lab/packages.txt)");
        return new Tool(List.of(found.orElseThrow().toString()));
    }

    /** In a network of its own that ends with it, in which its rules meet nobody else's. */
    public static Tool alone(String program) {
        Tool tool = find(program);
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> command = new ArrayList<>(List.of("unshare", root ? "-n" : "-rn"));
        find("unshare");
        assumeTrue(
                new Tool(command).run("true").exitCode() == 0,
                "this host lets nobody but root make a network namespace, which " + program + " is tried in");
        command.addAll(tool.command);
        return new Tool(command);
    }

    public Outcome run(String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        try {
            Path said = Files.createTempFile("plumbline-tool", ".txt");
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(said, StandardCharsets.UTF_8);
            Files.delete(said);
            assertThat(ended).as(all + " did not end: " + text).isTrue();
            return new Outcome(process.exitValue(), text);
        } catch (IOException e) {
            throw new AssertionError(all + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(all + " was interrupted", e);
        }
    }
}
