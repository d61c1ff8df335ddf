package dev.plumbline.collector.store;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that the closing of one round writes, at once or not at all.
 *
 * @param verdict reduced to what it is the latest word on
 * @param incidents opened, changed or closed, in their new form
 * @param closing id of the journal's closing that this comes of
 * @param position journal position below and at which nothing needs to be read again
 * @param horizon number of the earliest round whose facts still count
 */
public record RoundChange(
        RoundVerdict verdict,
        List<Incident> incidents,
        List<Fact> facts,
        List<AgentReport> reports,
        ClosedRound round,
        long closing,
        long position,
        long horizon) {
    public RoundChange {
        incidents = List.copyOf(incidents);
        facts = List.copyOf(facts);
        reports = List.copyOf(reports);
    }

    /** The same, with what these agents alone said of themselves: of a segment that is gone nothing is to come back. */
    public RoundChange reportedBy(Predicate<AgentId> declared) {
        List<AgentReport> left =
                reports.stream().filter(r -> declared.test(r.agent())).toList();
        return new RoundChange(verdict, incidents, facts, left, round, closing, position, horizon);
    }
}
