package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs of one command, from start to end of its process. */
final class Timing {
    private final List<String> command;
    private final String javaFlags;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();

    Timing(List<String> command, String javaFlags) {
        this.command = List.copyOf(command);
        this.javaFlags = javaFlags;
    }

    void run() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PLUMBLINE_JAVA_OPTS", javaFlags);
        long start = System.nanoTime();
        codes.add(builder.start().waitFor());
        seconds.add((System.nanoTime() - start) / 1e9);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return Collections.min(seconds);
    }

    double most() {
        return Collections.max(seconds);
    }

    List<Integer> codes() {
        return List.copyOf(codes);
    }
}
