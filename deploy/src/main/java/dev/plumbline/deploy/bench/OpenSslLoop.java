package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shell's loop of {@code openssl s_client}, one process for each handshake, as scripts do it. */
final class OpenSslLoop implements Contender {
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");
    private static final String LOOP = """
            for ((i = 0; i < %d; i++)); do
              openssl s_client -connect 127.7.1.$((1 + i %% 200)):%d -servername %s </dev/null >/dev/null 2>&1 || exit 1
            done
            times
            """;

    private final int port;

    private OpenSslLoop(int port) {
        this.port = port;
    }

    /** Empty when it is not installed. */
    static Optional<Contender> of(int port) {
        return Installed.has("openssl") && Installed.has("bash")
                ? Optional.of(new OpenSslLoop(port))
                : Optional.empty();
    }

    @Override
    public Effort run(int probes) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", LOOP.formatted(probes, port, BenchIdentity.NAME));
        shell.environment().put("LC_ALL", "C");
        Process process = shell.start();
        String times = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException("openssl s_client failed with the bench's server");
        }
        return new Effort(probes, System.nanoTime() - start, cpuNanos(times));
    }

    /** Every process begins anew. */
    @Override
    public void warmUp(int probes) {}

    /** The shell's own time and, in the second line, that of its children. */
    private static long cpuNanos(String times) throws IOException {
        Matcher line = TIMES.matcher(times);
        double seconds = 0;
        int lines = 0;
        while (line.find()) {
            lines++;
            seconds += 60 * Double.parseDouble(line.group(1)) + Double.parseDouble(line.group(2));
            seconds += 60 * Double.parseDouble(line.group(3)) + Double.parseDouble(line.group(4));
        }
        if (lines != 2) {
            throw new IOException("the shell's times are two lines and not: " + times);
        }
        return (long) (seconds * 1e9);
    }
}
