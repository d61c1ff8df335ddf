package dev.plumbline.agent.cli;

import dev.plumbline.agent.hold.HoldOutcome;
import dev.plumbline.agent.hold.Quiet;
import dev.plumbline.agent.hold.QuietConnection;
import dev.plumbline.catalog.Words;
import dev.plumbline.words.Hold;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shows connections that are held: redrawn on a terminal, a line for each change elsewhere, one object as JSON. */
abstract class HoldView {
    private static final int BAR = 20;

    /** Called now and then. */
    abstract void show();

    /** Called once, when all is over. */
    void end() {}

    static HoldView of(List<QuietConnection> held, PrintWriter out, boolean json, boolean live) {
        if (json) {
            return new AsJson(held, out);
        }
        return live ? new Live(held, out) : new Lines(held, out);
    }

    private static final class AsJson extends HoldView {
        private final List<QuietConnection> held;
        private final PrintWriter out;

        AsJson(List<QuietConnection> held, PrintWriter out) {
            this.held = held;
            this.out = out;
        }

        @Override
        void show() {}

        @Override
        void end() {
            HoldsJson.write(held, out);
        }
    }

    private static final class Lines extends HoldView {
        private final List<QuietConnection> held;
        private final PrintWriter out;
        private final Set<QuietConnection> quiet = new HashSet<>();
        private final Set<QuietConnection> over = new HashSet<>();

        Lines(List<QuietConnection> held, PrintWriter out) {
            this.held = held;
            this.out = out;
        }

        @Override
        void show() {
            for (QuietConnection one : held) {
                if (one.quiet().isPresent() && quiet.add(one)) {
                    out.println(peer(one) + ": quiet for " + span(one.planned()));
                }
                if (one.ended().isDone() && over.add(one)) {
                    out.println(peer(one) + ": " + ended(one.ended().join()));
                }
            }
            out.flush();
        }
    }

    private static final class Live extends HoldView {
        private static final String CLEAR = "\r\033[K";

        private final List<QuietConnection> held;
        private final PrintWriter terminal;
        private boolean drawn;

        Live(List<QuietConnection> held, PrintWriter terminal) {
            this.held = held;
            this.terminal = terminal;
        }

        @Override
        void show() {
            if (drawn) {
                terminal.print("\033[" + held.size() + "A");
            }
            drawn = true;
            held.forEach(one -> terminal.println(CLEAR + line(one)));
            terminal.flush();
        }
    }

    /** One connection as a line: the peer, its age as a bar, and what it is at or how it ended. */
    static String line(QuietConnection one) {
        Duration idle = one.quiet().map(Quiet::idle).orElse(Duration.ZERO);
        return String.format(
                Locale.ROOT,
                "%-28s %s %6s of %-6s %s",
                peer(one),
                bar(idle, one.planned()),
                span(idle),
                span(one.planned()),
                one.ended().isDone() ? ended(one.ended().join()) : doing(one));
    }

    private static String doing(QuietConnection one) {
        return one.quiet()
                .map(quiet -> switch (quiet.phase()) {
                    case QUIET -> "quiet";
                    case ASKING -> "written to, waiting";
                    case OVER -> "over";
                })
                .orElse("connecting");
    }

    static String bar(Duration age, Duration planned) {
        int filled = (int) Math.min(BAR, age.toMillis() * BAR / Math.max(1, planned.toMillis()));
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }

    private static String peer(QuietConnection one) {
        return one.quiet()
                .map(quiet -> quiet.remote().toString())
                .orElse(one.target().host() + ":" + one.target().port());
    }

    private static String ended(HoldOutcome outcome) {
        return outcome.hold().map(HoldView::ended).orElse("not held: " + outcome.why());
    }

    private static String ended(Hold hold) {
        return Words.of(hold.end()) + " at " + span(hold.idle()) + ": " + hold.detail() + " (from " + hold.local()
                + ")";
    }

    /** Minutes and seconds. */
    static String span(Duration span) {
        return String.format(Locale.ROOT, "%d:%02d", span.toMinutes(), span.toSecondsPart());
    }
}
