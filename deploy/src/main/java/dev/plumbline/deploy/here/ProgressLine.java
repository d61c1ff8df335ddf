package dev.plumbline.deploy.here;

import java.io.PrintWriter;

/** One line of a terminal, drawn again as the round goes on; nothing where nobody looks. */
final class ProgressLine {
    private static final String CLEAR = "\r\u001b[2K";
    private static final int BAR = 30;

    private final PrintWriter err;
    private final boolean live;

    ProgressLine(PrintWriter err, boolean live) {
        this.err = err;
        this.live = live;
    }

    synchronized void show(int done, int total) {
        if (live) {
            int filled = total == 0 ? BAR : done * BAR / total;
            err.print(CLEAR + "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + done + " of " + total
                    + " probes");
            err.flush();
        }
    }

    synchronized void clear() {
        if (live) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
