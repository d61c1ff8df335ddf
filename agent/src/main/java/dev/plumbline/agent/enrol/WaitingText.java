package dev.plumbline.agent.enrol;

import dev.plumbline.identity.KeyFingerprint;
import dev.plumbline.identity.SpiffeId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Says once what has to be done, and on a terminal how long it waits already. */
final class WaitingText implements Waiting {
    private static final int WIDTH = 60;

    private final PrintWriter out;
    private final boolean isLive;
    private final long begun = System.nanoTime();
    private boolean isSaid;

    /** @param isLive whether a line can be drawn again */
    WaitingText(PrintWriter out, boolean isLive) {
        this.out = out;
        this.isLive = isLive;
    }

    @Override
    public void waits(String identity, KeyFingerprint key, Instant ends) {
        if (!isSaid) {
            isSaid = true;
            out.println("This host waits for approval as " + identity + ", until " + ends + ".");
            out.println("Its key: " + key);
            out.println(
                    "An operator compares that with what plumbline agents --pending shows, and says: plumbline approve "
                            + place(identity) + " --fingerprint \"" + key + "\"");
            out.println("Ctrl-C does no harm: join again with the same token goes on waiting.");
        }
        draw("waiting for approval");
    }

    private static String place(String identity) {
        try {
            SpiffeId id = SpiffeId.parse(identity);
            return id.segment().map(s -> s + "/").orElse("") + id.name();
        } catch (IllegalArgumentException e) {
            return "SEGMENT/NAME";
        }
    }

    @Override
    public void unanswered(String problem) {
        draw("no collector answers, asking again");
    }

    private void draw(String what) {
        if (isLive) {
            String line = what + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s";
            out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
        }
        out.flush();
    }

    @Override
    public void over() {
        if (isLive) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }
}
