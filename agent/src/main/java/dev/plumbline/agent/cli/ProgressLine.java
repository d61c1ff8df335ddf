package dev.plumbline.agent.cli;

import java.io.PrintWriter;

/** One line of a terminal, redrawn as a round goes on; nothing elsewhere. */
final class ProgressLine {
    private static final int BAR = 30;

    private final PrintWriter terminal;
    private final boolean live;

    ProgressLine(PrintWriter terminal, boolean live) {
        this.terminal = terminal;
        this.live = live;
    }

    void show(int done, int total) {
        if (live) {
            int filled = total == 0 ? BAR : done * BAR / total;
            terminal.print(
                    "\r[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + done + " of " + total + " probes ");
            terminal.flush();
        }
    }

    /** What is under way where nobody knows how much there is to do. */
    void say(String what) {
        if (live) {
            terminal.print("\r" + what + " ".repeat(Math.max(0, BAR + 29 - what.length())));
            terminal.flush();
        }
    }

    void clear() {
        if (live) {
            terminal.print("\r" + " ".repeat(BAR + 30) + "\r");
            terminal.flush();
        }
    }
}
