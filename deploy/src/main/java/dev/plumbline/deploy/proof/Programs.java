package dev.plumbline.deploy.proof;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged programs, started as their users start them. None that was started outlives the end. Any thread. */
final class Programs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The quick compiler only: nothing here runs for long. */
    private static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

    private final Path home;
    private final Path scratch;

    // Guarded by this.
    private final Set<Process> started = new HashSet<>();
    private boolean ended;

    /**
     * @param home folder of the product
     * @param scratch where they may leave temporary files: one that is killed does not take away the libraries that it unpacked
     */
    Programs(Path home, Path scratch) {
        this.home = home;
        this.scratch = scratch;
    }

    /** What a program that has ended said. */
    record Ran(int exitCode, String out, String err) {
        /** Everything, on one line. */
        String words() {
            return (out + " " + err).strip().replaceAll("\\s+", " ");
        }

        Ran expecting(int code, String what) throws Trouble {
            if (exitCode != code) {
                throw new Trouble(
                        what + " ended with exit code " + exitCode + " and not with " + code + ": " + words());
            }
            return this;
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param folder its working folder, where its output is kept meanwhile
     */
    Ran run(Path folder, Map<String, String> environment, String program, List<String> words)
            throws Trouble, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path(program)));
        command.addAll(words);
        return runCommand(folder, environment, command);
    }

    /** The same for any command. */
    Ran runCommand(Path folder, Map<String, String> environment, List<String> command)
            throws Trouble, InterruptedException {
        try {
            Path out = Files.createTempFile(folder, "out", "");
            Path err = Files.createTempFile(folder, "err", "");
            Process process = begin(builder(folder, command, environment)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile()));
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new Trouble(String.join(" ", command) + " took longer than " + PATIENCE.toSeconds() + " s");
                }
            } finally {
                process.destroyForcibly();
            }
            Ran ran = new Ran(process.exitValue(), text(out), text(err));
            Files.delete(out);
            Files.delete(err);
            return ran;
        } catch (IOException e) {
            throw new Trouble(command.get(0) + " cannot be run", e);
        }
    }

    /**
     * Starts a program that stays.
     *
     * @param prefix what goes before it on the command line, such as a shell that sets a limit
     */
    Daemon start(String name, Path folder, List<String> prefix, String options, String program, List<String> words)
            throws Trouble {
        List<String> command = new ArrayList<>(prefix);
        command.add(path(program));
        command.addAll(words);
        Path log = folder.resolve(name + ".log");
        try {
            return new Daemon(
                    name,
                    begin(builder(
                                    folder,
                                    command,
                                    Map.of("PLUMBLINE_JAVA_OPTS", (javaOptions() + " " + options).strip()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))),
                    log);
        } catch (IOException e) {
            throw new Trouble(program + " cannot be started", e);
        }
    }

    /** A process is started and known, or not started. */
    private synchronized Process begin(ProcessBuilder builder) throws IOException, Trouble {
        if (ended) {
            throw new Trouble("the proof has ended, and nothing is started any more");
        }
        started.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Kills whatever still runs, with what it started itself, and starts nothing any more. */
    @Override
    public synchronized void close() {
        ended = true;
        List<ProcessHandle> left = started.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(process -> process.onExit().join());
        started.clear();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    String path(String program) {
        return home.resolve("bin").resolve(program).toString();
    }

    private String javaOptions() {
        return JAVA_OPTIONS + " -Djava.io.tmpdir=" + scratch;
    }

    private ProcessBuilder builder(Path folder, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectInput(new File("/dev/null"));
        Map<String, String> inherited = builder.environment();
        // A proxy of this host's would be tried by the agents.
        inherited.keySet().removeIf(key -> key.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        inherited.remove("PLUMBLINE_CONFIG");
        inherited.put("PLUMBLINE_LOG", "info");
        inherited.put("PLUMBLINE_JAVA_OPTS", javaOptions());
        inherited.putAll(environment);
        return builder;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
