package dev.plumbline.agent.pac;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Evaluates a small script once while the distribution is built, so that Java can archive the classes which that takes: a
 * script's process then starts in half the time, see {@link PacClassPath#archive}.
 */
final class PacRehearsal {
    private static final int TASK = 1 << 16;

    private static final String SCRIPT = """
            function FindProxyForURL(url, host) {
              if (isPlainHostName(host) || dnsDomainIs(host, ".test") || shExpMatch(host, "*.local")) { return "DIRECT"; }
              if (isInNet(dnsResolve(host), "10.0.0.0", "255.0.0.0") || /^x[0-9]+/.test(host)) { return "DIRECT"; }
              return "PROXY proxy.test:3128; DIRECT";
            }
            """;

    private PacRehearsal() {}

    public static void main(String[] arguments) throws IOException {
        PipedInputStream in = new PipedInputStream(TASK);
        // Stays open: the end of its input tells a script's process that nobody waits for it.
        try (PipedOutputStream task = new PipedOutputStream(in)) {
            DataOutputStream out = new DataOutputStream(task);
            PacProcess.send(
                    out,
                    PacLimits.STANDARD,
                    SCRIPT,
                    new NamelessHost("192.0.2.1", ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)),
                    List.of(new PacQuestion("https://name.invalid/", "name.invalid")));
            out.writeUTF("192.0.2.1");
            out.flush();
            InputStream own = System.in;
            PrintStream said = System.out;
            System.setIn(in);
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            PacProcess.main(arguments);
            System.setIn(own);
            System.setOut(said);
            System.exit(0);
        }
    }
}
