package dev.plumbline.collector.finding;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a round has to add where a newer one has spoken already: a note in the history of an incident that it sees otherwise than
 * was told. It opens nothing, closes nothing and reopens nothing. Pure.
 */
public final class Hindsight {
    private static final DateTimeFormatter ROUND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Hindsight() {}

    /**
     * The incidents whose history changes.
     *
     * @param known incidents of places that a newer round has spoken of
     * @param past the part of the verdict that speaks of those places
     * @param again the round was judged before, and more facts came
     */
    public static List<Incident> annotate(List<Incident> known, RoundVerdict past, boolean again) {
        List<Incident> changes = new ArrayList<>();
        for (Incident incident : known) {
            History history = history(incident, past, again);
            if (!history.equals(incident.history())) {
                changes.add(incident.with(history));
            }
        }
        return changes;
    }

    private static History history(Incident incident, RoundVerdict past, boolean again) {
        boolean shown = past.findings().stream()
                .anyMatch(f -> incident.isLike(f)
                        && (f.scope().equals(incident.finding().scope())
                                || Ledger.shareTargets(f, incident.finding())));
        History history = incident.history();
        if (!history.knows(past.round()) || (!shown && !Ledger.wasLookedAt(incident.finding(), past))) {
            return history;
        }
        if (shown == history.wasOpen(past.round())) {
            return history.withoutNotes(past.round());
        }
        String said = (again ? judgedAgain(past.round()) : judgedLate(past.round()))
                + (shown ? "it was there already" : "what it prevents passed then");
        if (history.changes().stream()
                .anyMatch(c -> c.round() == past.round() && c.said().equals(said))) {
            return history;
        }
        return history.noted(new Change(Change.Kind.ANNOTATED, past.round(), past.closedAt(), said));
    }

    static String judgedAgain(long round) {
        return "round of " + ROUND.format(Instant.ofEpochMilli(round)) + " judged again on late facts: ";
    }

    private static String judgedLate(long round) {
        return "round of " + ROUND.format(Instant.ofEpochMilli(round)) + " judged after a newer one: ";
    }
}
