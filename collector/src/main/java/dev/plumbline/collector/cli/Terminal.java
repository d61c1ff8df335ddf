package dev.plumbline.collector.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where text goes.
 *
 * @param width columns
 * @param isInteractive somebody looks at standard output: symbols may be used
 * @param isColoured colours too
 * @param isProgressShown somebody looks at standard error
 */
public record Terminal(int width, boolean isInteractive, boolean isColoured, boolean isProgressShown) {
    /** For pipes and files. */
    public static final Terminal PLAIN = new Terminal(100, false, false, false);

    private static final int LEAST_WIDTH = 40;

    public static Terminal ofProcess(Map<String, String> environment) {
        boolean out = isTerminal(1);
        // https://no-color.org: set and not empty means no colour.
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(out ? width(environment) : PLAIN.width, out, out && !noColour, isTerminal(2));
    }

    /** System.console() says nothing of one stream alone, and later Java versions always give one. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("\\d{1,4}")) {
            return Math.max(LEAST_WIDTH, Integer.parseInt(columns));
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            stty.waitFor(1, TimeUnit.SECONDS);
            return answer.matches("\\d+ [1-9]\\d{0,3}")
                    ? Math.max(LEAST_WIDTH, Integer.parseInt(answer.substring(answer.indexOf(' ') + 1)))
                    : PLAIN.width;
        } catch (IOException e) {
            return PLAIN.width;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PLAIN.width;
        }
    }
}
