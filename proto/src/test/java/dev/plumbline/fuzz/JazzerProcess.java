package dev.plumbline.fuzz;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Jazzer's engine for one trial, in a process of its own: it follows which branches an input reaches, and allows one run in a process.
 * The trial's samples are the corpus, and what the engine adds to it is gone with the process; its log and what it found stay in
 * {@code target/jazzer}.
 */
final class JazzerProcess {
    private static final Path REPORTS = Path.of("target", "jazzer");
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern COVERED = Pattern.compile("cov: (\\d+) ft: (\\d+)");
    private static final int MOST_BYTES = 1 << 17;
    private static final int HANG_SECONDS = 120;
    private static final int SHOWN_LINES = 40;
    private static final int SHOWN_BYTES = 4096;

    private final Trial trial;
    private final String slug;

    JazzerProcess(Trial trial) {
        this.trial = trial;
        this.slug = trial.name().replaceAll("[^A-Za-z0-9]+", "-");
    }

    /** @throws AssertionError with the input, when it found one that the parser does not bear */
    void run(int seconds, long seed) {
        StackFrame test = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(JazzerProcess::isTest).findFirst())
                .orElseThrow();
        try {
            Files.createDirectories(REPORTS);
            for (Path former : found()) {
                Files.delete(former);
            }
            Path work = Files.createTempDirectory("plumbline-fuzz-");
            try {
                Path corpus = Files.createDirectory(work.resolve("corpus"));
                for (int i = 0; i < trial.samples().size(); i++) {
                    Files.write(corpus.resolve("sample-" + i), trial.samples().get(i));
                }
                judge(run(test, corpus, seconds, seed));
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no process of Jazzer's can be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTest(StackFrame frame) {
        return Stream.of(frame.getDeclaringClass().getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(frame.getMethodName())
                        && method.isAnnotationPresent(Test.class)
                        && method.getParameterCount() == 0);
    }

    private int run(StackFrame test, Path corpus, int seconds, long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        // What it unpacks, and what the test writes, goes with the corpus.
                        "-Djava.io.tmpdir=" + corpus.resolveSibling(""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + JazzerTarget.TEST + "=" + test.getClassName() + "#" + test.getMethodName(),
                        "-D" + JazzerTarget.NAME + "=" + trial.name(),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + JazzerTarget.class.getName(),
                        "--instrumentation_includes=dev.plumbline.**:io.netty.handler.codec.**:org.bouncycastle.asn1.**",
                        "--instrumentation_excludes=dev.plumbline.fuzz.**",
                        // It takes every Unsafe of Netty's own for a finding of its own making.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                        "--reproducer_path=" + REPORTS,
                        "-max_total_time=" + seconds,
                        "-max_len=" + MOST_BYTES,
                        "-timeout=" + HANG_SECONDS,
                        "-seed=" + Math.floorMod(seed, Integer.MAX_VALUE),
                        "-print_final_stats=1",
                        "-artifact_prefix=" + REPORTS.resolve(slug) + "-",
                        corpus.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            if (!process.waitFor(seconds + 2L * HANG_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(trial.name() + ": Jazzer does not end, see " + log());
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path log() {
        return REPORTS.resolve(slug + ".log");
    }

    private void judge(int exitCode) throws IOException {
        String log = Files.readString(log(), StandardCharsets.ISO_8859_1);
        if (exitCode != 0) {
            List<String> lines = log.lines().toList();
            throw new AssertionError(trial.name() + ": Jazzer ended with " + exitCode + inputs() + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
        }
        System.out.println("fuzz " + trial.name() + " by Jazzer, " + last(EXECUTIONS, log, 1) + " inputs, "
                + last(COVERED, log, 1) + " edges");
    }

    /** The inputs themselves, so that one can become a case of a test. */
    private String inputs() throws IOException {
        StringBuilder inputs = new StringBuilder();
        for (Path file : found()) {
            byte[] input = Files.readAllBytes(file);
            inputs.append(", ")
                    .append(file)
                    .append(" of ")
                    .append(input.length)
                    .append(" bytes: ")
                    .append(HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN_BYTES)));
        }
        return inputs.toString();
    }

    private List<Path> found() throws IOException {
        try (Stream<Path> files = Files.list(REPORTS)) {
            return files.filter(f -> f.getFileName().toString().matches(slug + "-(crash|timeout|oom)-.*"))
                    .toList();
        }
    }

    private static String last(Pattern pattern, String log, int group) {
        String last = "no";
        for (Matcher matcher = pattern.matcher(log); matcher.find(); ) {
            last = matcher.group(group);
        }
        return last;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
