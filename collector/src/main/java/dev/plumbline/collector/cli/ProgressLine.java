package dev.plumbline.collector.cli;

import dev.plumbline.v1.SegmentProgress;
import dev.plumbline.v1.VerifyProgress;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** One line on the terminal that is drawn again as a round goes on; nothing where nobody looks. */
final class ProgressLine {
    private static final String CLEAR = "\r\u001b[2K";

    private final PrintWriter err;
    private final Terminal terminal;

    ProgressLine(PrintWriter err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    void show(VerifyProgress progress) {
        show(progress.getSegmentsList().stream().map(ProgressLine::agent).collect(Collectors.joining("  ")));
    }

    void show(String line) {
        if (terminal.isProgressShown()) {
            err.print(CLEAR + line.substring(0, Math.min(line.length(), terminal.width() - 1)));
            err.flush();
        }
    }

    void end() {
        if (terminal.isProgressShown()) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private static String agent(SegmentProgress agent) {
        String share = agent.getTotal() == 0 ? "..." : agent.getDone() + "/" + agent.getTotal();
        return agent.getSegment() + "/" + agent.getAgent() + " " + (agent.getFinished() ? "done" : share);
    }
}
