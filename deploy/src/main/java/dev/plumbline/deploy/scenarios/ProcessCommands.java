package dev.plumbline.deploy.scenarios;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of this machine. Output goes through files, so that no reader is needed and no daemon can hold a pipe open. */
record ProcessCommands(Path scratch) implements Commands {
    @Override
    public Ran run(List<String> command, Duration limit) throws Trouble {
        Path output = scratch("output");
        Path errors = scratch("errors");
        Process process = launch(command, output, errors);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new Trouble(String.join(" ", command) + " took longer than " + limit.toSeconds() + " s");
            }
            return new Ran(command, process.exitValue(), read(output), read(errors));
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted while waiting for " + String.join(" ", command));
        } finally {
            delete(output);
            delete(errors);
        }
    }

    @Override
    public Daemon start(String name, List<String> command, Path log) throws Trouble {
        Process process = launch(command, log, log);
        return new Daemon() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean alive() {
                return process.isAlive();
            }

            @Override
            public void stop() {
                end(process);
            }

            @Override
            public String lastWords() {
                List<String> lines = read(log).lines().toList();
                return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
            }
        };
    }

    private static Process launch(List<String> command, Path output, Path errors) throws Trouble {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        if (output.equals(errors)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(errors.toFile());
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Trouble(command.get(0) + " cannot be started: " + e.getMessage());
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Path scratch(String kind) throws Trouble {
        try {
            return Files.createTempFile(scratch, kind, "");
        } catch (IOException e) {
            throw new Trouble(
                    "no file can be made in " + scratch + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
