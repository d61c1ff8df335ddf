package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is stopped or killed, and what it logs. */
final class Daemon implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final long logBegins;

    Daemon(String name, Process process, Path log) throws IOException {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logBegins = Files.exists(log) ? Files.size(log) : 0;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, by its pid; returns when the kernel has taken it away. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; one that does not end by itself is killed, and that is a problem. */
    void stop() throws Trouble, InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
            throw new Trouble("the " + name + " did not end within 20 s of being told to");
        }
    }

    /** The exit code of one that ends by itself. */
    int await(Duration atMost) throws Trouble, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Trouble("the " + name + " still runs after " + atMost.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Waits for words in what it logged since it was started. */
    void awaitWords(String words, Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!log().contains(words)) {
            if (!process.isAlive()) {
                throw new Trouble("the " + name + " has ended: " + lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new Trouble("the " + name + " did not say '" + words + "' within " + atMost.toSeconds() + " s: "
                        + lastWords());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** What it logged since it was started. */
    String log() throws Trouble {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = (int) Math.min(all.length, logBegins);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Trouble(log + " cannot be read", e);
        }
    }

    String lastWords() throws Trouble {
        List<String> lines = log().lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
