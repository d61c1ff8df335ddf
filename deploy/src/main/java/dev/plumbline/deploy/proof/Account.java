package dev.plumbline.deploy.proof;

import java.util.ArrayList;
import java.util.List;

/** Gathers what a row sent, what happened and what should not have. Any thread. */
final class Account {
    private static final int MOST_PROBLEMS = 5;

    private final List<String> sent = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String lost = "nothing";

    synchronized void sent(String what) {
        sent.add(what);
    }

    synchronized void happened(String what) {
        happened.add(what);
    }

    /** What was given up by rule and counted; "nothing" unless something is said. */
    synchronized void lost(String what) {
        lost = what;
    }

    /** Notes a problem unless it holds. */
    synchronized void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    synchronized Outcome outcome() {
        if (problems.isEmpty()) {
            return new Outcome(Outcome.State.OK, join(sent), join(happened), lost);
        }
        String shown = String.join("; ", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
        String more = problems.size() > MOST_PROBLEMS ? "; and " + (problems.size() - MOST_PROBLEMS) + " more" : "";
        return new Outcome(
                Outcome.State.FAILED,
                join(sent),
                join(happened) + (happened.isEmpty() ? "BUT: " : ". BUT: ") + shown + more,
                lost);
    }

    private static String join(List<String> parts) {
        return String.join("; ", parts);
    }
}
