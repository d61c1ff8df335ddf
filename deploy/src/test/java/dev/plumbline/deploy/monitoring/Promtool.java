package dev.plumbline.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool, where it is installed. */
record Promtool(Path program) {
    private static final long PATIENCE_SECONDS = 60;

    static Promtool find() {
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "promtool is not installed here (deploy/lab/packages.txt: prometheus)");
        return new Promtool(found.orElseThrow());
    }

    /** Fails with what the tool said unless it is content. */
    void accepts(String input, String... arguments) throws Exception {
        Path in = Files.createTempFile("promtool", ".in");
        Path out = Files.createTempFile("promtool", ".out");
        try {
            Files.writeString(in, input);
            List<String> command = new ArrayList<>(List.of(program.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            boolean isEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(isEnded).as(command + " did not end: " + said).isTrue();
            assertThat(process.exitValue()).as(command + ": " + said).isZero();
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
