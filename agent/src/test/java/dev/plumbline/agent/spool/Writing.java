package dev.plumbline.agent.spool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link SpoolWriter} in a process of its own, as it is heard here. */
final class Writing implements AutoCloseable {
    private final Process process;
    private final BufferedReader heard;
    private final Writer orders;
    private final List<String> lines = new ArrayList<>();

    /** @param around words before the command that runs it */
    Writing(Path folder, String... around) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(around));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(SpoolWriter.class.getName());
        command.add(folder.toString());
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        heard = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    /** Reads on until a line begins so; false at the end of all. */
    boolean hear(String beginning) throws IOException {
        String line = heard.readLine();
        while (line != null) {
            lines.add(line);
            if (line.startsWith(beginning)) {
                return true;
            }
            line = heard.readLine();
        }
        return false;
    }

    void order(String word) throws IOException {
        orders.write(word + "\n");
        orders.flush();
    }

    /** SIGKILL; what was said before can still be heard. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** All that was heard, to the end of the process. */
    List<String> lines() throws IOException {
        hear("no line begins so");
        return lines;
    }

    /** The numbers behind a word, in the order in which they were said. */
    List<Long> numbers(String word) throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> Long.parseLong(line.substring(word.length() + 1)))
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        heard.close();
    }
}
