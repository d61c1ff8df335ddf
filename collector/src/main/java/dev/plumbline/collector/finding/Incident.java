package dev.plumbline.collector.finding;

import java.time.Instant;
import java.util.Optional;

/**
 * A finding over time.
 *
 * @param id stable, also when it is closed and comes back
 * @param finding as its latest round showed it
 * @param openedAt when it was opened first
 * @param round the latest round that showed it
 * @param reopened how often it came back
 * @param reopenedAt when it came back last
 * @param flapping it comes and goes; the rounds that do not show it leave it open
 */
public record Incident(
        String id,
        Finding finding,
        Instant openedAt,
        Optional<Instant> closedAt,
        long round,
        int reopened,
        Optional<Instant> reopenedAt,
        boolean flapping,
        History history) {
    public Incident {
        if (reopened > 0 != reopenedAt.isPresent()) {
            throw new IllegalArgumentException(
                    "incident " + id + ": what came back did so at some time, and only that");
        }
    }

    /** One that never came back, without a history. */
    public Incident(String id, Finding finding, Instant openedAt, Optional<Instant> closedAt, long round) {
        this(id, finding, openedAt, closedAt, round, 0, Optional.empty(), false, History.NONE);
    }

    public boolean isOpen() {
        return closedAt.isEmpty();
    }

    /** The round that closed it; the time of closing where nothing tells the round. */
    long closedIn() {
        return history.closing()
                .map(Change::round)
                .orElseGet(() -> closedAt.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    }

    /** True for the same mechanism at the same place: whether it is the same cause is a matter of scope. */
    boolean isLike(Finding other) {
        return finding.place().equals(other.place()) && finding.mechanism() == other.mechanism();
    }

    /** Shown by a round, in this form. */
    Incident shown(Finding latest, long by) {
        return new Incident(id, latest, openedAt, Optional.empty(), by, reopened, reopenedAt, flapping, history);
    }

    Incident closed(Instant at) {
        return new Incident(id, finding, openedAt, Optional.of(at), round, reopened, reopenedAt, flapping, history);
    }

    Incident reopened(Finding latest, long by, Instant at) {
        return new Incident(
                id, latest, openedAt, Optional.empty(), by, reopened + 1, Optional.of(at), flapping, history);
    }

    Incident flapping(boolean comesAndGoes) {
        return new Incident(id, finding, openedAt, closedAt, round, reopened, reopenedAt, comesAndGoes, history);
    }

    Incident with(History other) {
        return new Incident(id, finding, openedAt, closedAt, round, reopened, reopenedAt, flapping, other);
    }

    Incident plus(Change change) {
        return with(history.plus(change));
    }
}
