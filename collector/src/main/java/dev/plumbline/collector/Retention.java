package dev.plumbline.collector;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.round.Rounds;
import dev.plumbline.collector.store.Store;
import dev.plumbline.config.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes by policy, never what an open finding rests on. A snapshot of the store stands for the batches that go: it is in
 * place, and a judge has begun anew from it, before the first of them is deleted. Whatever is interrupted is done again or
 * goes on at the next start. Used by the judge's thread.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** A judge that begins anew has forgotten what it held in mind: not more often than when a tenth is over its time. */
    private static final int SHARE = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    private static final int BATCH = 500;

    private final Journal journal;
    private final Store store;
    private final Snapshot snapshot;
    private final RetentionPolicy policy;
    private final Consumer<String> boundary;
    private Instant nextLook = Instant.MIN;
    private long deleting;
    private long deleted;

    Retention(Journal journal, Store store, Snapshot snapshot, RetentionPolicy policy) {
        this(journal, store, snapshot, policy, step -> {});
    }

    /** @param boundary hears of each step before it is taken */
    Retention(Journal journal, Store store, Snapshot snapshot, RetentionPolicy policy, Consumer<String> boundary) {
        this.journal = journal;
        this.store = store;
        this.snapshot = snapshot;
        this.policy = policy;
        this.boundary = boundary;
    }

    /** What goes: batches up to a position, and history that was over before a time. */
    private record Turn(long deleteTo, Instant keptFrom) {}

    /**
     * Makes a snapshot where something is to be deleted.
     *
     * @return true when a judge must begin anew before {@link #go} is called
     */
    boolean begins(Instant now) throws JournalException {
        if (deleting > 0 || now.isBefore(nextLook)) {
            return false;
        }
        nextLook = now.plus(BETWEEN_LOOKS);
        long unfinished = journal.deletedTo();
        if (unfinished > 0 && journal.first() > 0 && journal.first() <= unfinished) {
            deleting = unfinished;
            return false;
        }
        Optional<Turn> turn = turn(now);
        if (turn.isEmpty()) {
            return false;
        }
        try {
            boundary.accept("copy");
            snapshot.prepare(turn.get().keptFrom());
            boundary.accept("put in place");
            snapshot.putInPlace();
        } catch (ConfigException e) {
            LOG.warn("nothing is deleted by retention: {}", e.getMessage());
            return false;
        }
        // Until both have forgotten alike: where this fails all of it is done again.
        nextLook = Instant.MIN;
        boundary.accept("forget");
        store.forget(turn.get().keptFrom());
        nextLook = now.plus(BETWEEN_LOOKS);
        deleting = turn.get().deleteTo();
        return true;
    }

    private Optional<Turn> turn(Instant now) throws JournalException {
        List<JournalEntry> oldest = journal.tail(0, 1);
        if (oldest.isEmpty()) {
            return Optional.empty();
        }
        Instant cited = cited();
        Instant bound = earlier(now.minus(policy.journal()), cited);
        Instant since = oldest.get(0).record().receivedAt();
        if (!since.isBefore(bound.minus(policy.journal().dividedBy(SHARE)))) {
            return Optional.empty();
        }
        long deleteTo = Math.min(journal.lastBefore(bound), store.position());
        return deleteTo < oldest.get(0).position()
                ? Optional.empty()
                : Optional.of(new Turn(deleteTo, earlier(now.minus(policy.store()), cited)));
    }

    /** From when on open findings need what was said; their evidence may have come late. */
    private Instant cited() {
        return store.openIncidents().stream()
                .flatMap(Retention::times)
                .min(Instant::compareTo)
                .map(t -> t.minus(Rounds.LATEST))
                .orElse(Instant.MAX);
    }

    private static Stream<Instant> times(Incident incident) {
        return Stream.concat(
                Stream.of(incident.openedAt()),
                incident.finding().witnesses().stream().map(Witness::at));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Deletes some, where there is something to delete and a judge has begun anew. */
    void go() throws JournalException, InterruptedException {
        if (deleting == 0) {
            return;
        }
        boundary.accept("delete");
        int now;
        try {
            now = journal.delete(deleting, BATCH).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException problem) {
                throw problem;
            }
            throw new IllegalStateException(e);
        }
        deleted += now;
        if (now < BATCH) {
            LOG.info(
                    "retention: {} batches deleted; the journal begins after position {}, the history at {}; {} stands for the"
                            + " rest",
                    deleted,
                    deleting,
                    store.keptFrom(),
                    snapshot.file());
            deleting = 0;
            deleted = 0;
        }
    }
}
