package dev.plumbline.collector;

import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Ledger;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.Deletion;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.Span;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.round.Rounds;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.config.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes by policy, never what an open finding rests on. A snapshot of the store stands for the batches that go: a judge
 * begins anew at it, and it is in place, before the first of them is deleted. So the snapshot and what is left of the journal
 * lead to the store, whichever step is the last that was taken; what was interrupted is done again or goes on after the next
 * start. How old something is, {@link CountedTime} tells. Where it fails it says so and tries again some hours later: neither
 * agents nor the judge wait for it. Used by the judge's thread.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** A judge that begins anew has forgotten what it held in mind: not more often than when a tenth is over its time. */
    private static final int SHARE = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofHours(6);
    private static final Duration WORTH_SAYING = Duration.ofDays(1);
    private static final Duration SHORTEST_MARGIN = Duration.ofHours(1);
    private static final Duration SHORTEST_GAP = Duration.ofHours(3);

    /** Rounds before the one that opened a finding confirmed it, and a round is judged again until so many later ones were closed. */
    private static final int ROUNDS_AROUND = 4;

    /** Looked at together: as much as agents may have to wait for. */
    private static final int BATCH = 100;

    private static final int PAGE = 1_000;

    private final Journal journal;
    private final Store store;
    private final Snapshot snapshot;
    private final RetentionPolicy policy;
    private final RoundTiming timing;
    private final Consumer<String> boundary;
    private Instant nextLook = Instant.MIN;
    private Optional<Turn> turn = Optional.empty();
    private Optional<Sweep> sweep = Optional.empty();
    private boolean isUnsettled = true;
    private Duration toldLeftOut = Duration.ZERO;
    private final LongAdder deleted = new LongAdder();
    private final LongAdder failures = new LongAdder();

    Retention(Journal journal, Store store, Snapshot snapshot, RetentionPolicy policy, RoundTiming timing) {
        this(journal, store, snapshot, policy, timing, step -> {});
    }

    /** @param boundary hears of each step before it is taken */
    Retention(
            Journal journal,
            Store store,
            Snapshot snapshot,
            RetentionPolicy policy,
            RoundTiming timing,
            Consumer<String> boundary) {
        this.journal = journal;
        this.store = store;
        this.snapshot = snapshot;
        this.policy = policy;
        this.timing = timing;
        this.boundary = boundary;
    }

    /** What goes: batches up to a position, and history that was over before a time. */
    private record Turn(long deleteTo, Instant keptFrom) {}

    /** The way through the batches up to a position. */
    private record Sweep(long deleteTo, List<Span> cited, Deletion done) {}

    /** A closing so much counted time ago; empty where the journal does not reach so far back. */
    private record Reach(Optional<Closing> closing, Duration leftOut) {}

    /**
     * The store forgets what a snapshot in place has forgotten: nothing else may be written to it before.
     *
     * @throws StoreException when it cannot be written; then this is to be called again
     */
    void settle() {
        if (!isUnsettled) {
            return;
        }
        try {
            snapshot.forgetAlike(store)
                    .ifPresent(f -> LOG.info(
                            "retention: {} findings that were closed and {} runs of equal facts that ended before {} are deleted",
                            f.incidents(),
                            f.runs(),
                            store.keptFrom()));
        } catch (ConfigException e) {
            LOG.warn("retention: {}", e.getMessage());
        }
        isUnsettled = false;
    }

    /** True when a snapshot is to be made, by {@link #prepare}. */
    boolean isDue(Instant now) {
        if (turn.isEmpty() && !now.isBefore(nextLook)) {
            nextLook = now.plus(BETWEEN_LOOKS);
            look();
        }
        return turn.isPresent();
    }

    private void look() {
        try {
            turn = turn();
            if (turn.isEmpty()) {
                // What was interrupted, and what a finding cited that is no longer open.
                begin(journal.deletedTo());
            }
        } catch (JournalException | StoreException e) {
            giveUp(e);
        }
    }

    /** Batches since the start. Any thread. */
    long deleted() {
        return deleted.sum();
    }

    /** Times that it was given up since the start. Any thread. */
    long failures() {
        return failures.sum();
    }

    private void giveUp(Exception problem) {
        failures.increment();
        LOG.warn(
                "retention: deletes nothing now and tries again in {} h: {}",
                BETWEEN_LOOKS.toHours(),
                problem.getMessage());
        turn = Optional.empty();
        sweep = Optional.empty();
    }

    private Optional<Turn> turn() throws JournalException {
        if (policy.observations().isEmpty()) {
            return Optional.empty();
        }
        Duration kept = policy.observations().get();
        long gone = journal.deletedTo();
        Reach over = back(kept.plus(kept.dividedBy(SHARE)));
        tell(over.leftOut());
        boolean isOver = over.closing()
                .filter(c -> Math.min(c.readTo(), store.position()) > gone)
                .isPresent();
        boolean isBare = gone > 0 && !snapshot.exists();
        if (!isOver && !isBare) {
            return Optional.empty();
        }
        long readTo = back(kept).closing().map(Closing::readTo).orElse(0L);
        Instant keptFrom = Instant.EPOCH;
        if (policy.history().isPresent()) {
            keptFrom = back(policy.history().get())
                    .closing()
                    .map(Closing::closedAt)
                    .orElse(keptFrom);
        }
        return Optional.of(new Turn(Math.max(gone, Math.min(readTo, store.position())), keptFrom));
    }

    private Reach back(Duration kept) throws JournalException {
        CountedTime time = new CountedTime(longestGap(timing));
        long id = Long.MAX_VALUE;
        List<Closing> page;
        do {
            page = journal.closingsBefore(id, PAGE);
            for (Closing closing : page) {
                id = closing.id();
                if (time.back(closing.closedAt()).compareTo(kept) >= 0) {
                    return new Reach(Optional.of(closing), time.leftOut());
                }
            }
        } while (!page.isEmpty());
        return new Reach(Optional.empty(), time.leftOut());
    }

    /**
     * From one closing to the next, where one round is missing between; and where rounds follow quickly what passes while the
     * collector is put on another host, which is no reason to keep anything longer.
     */
    static Duration longestGap(RoundTiming timing) {
        Duration missing = timing.every().multipliedBy(2).plus(timing.grace());
        return missing.compareTo(SHORTEST_GAP) > 0 ? missing : SHORTEST_GAP;
    }

    private void tell(Duration leftOut) {
        if (leftOut.minus(toldLeftOut).compareTo(WORTH_SAYING) >= 0) {
            toldLeftOut = leftOut;
            LOG.warn(
                    "retention: {} days in which no round was closed do not count, be it that the collector or its agents stood still"
                            + " or that this host's clock leapt ahead; what was measured before is kept so much longer",
                    leftOut.toDays());
        }
    }

    /**
     * Makes the snapshot. When a judge has begun anew, and before it has written anything, {@link #putInPlace} is to be called.
     *
     * @return false when it could not be made, and nothing is due any more
     */
    boolean prepare() {
        try {
            boundary.accept("copy");
            snapshot.prepare(turn.orElseThrow().keptFrom());
            return true;
        } catch (ConfigException | StoreException e) {
            giveUp(e);
            return false;
        }
    }

    void putInPlace() {
        Turn due = turn.orElseThrow();
        turn = Optional.empty();
        try {
            boundary.accept("put in place");
            // Also where it fails: it may have its name and could not be made durable.
            isUnsettled = true;
            snapshot.putInPlace();
            boundary.accept("forget");
            settle();
            begin(due.deleteTo());
        } catch (ConfigException e) {
            giveUp(e);
        }
    }

    private void begin(long deleteTo) {
        sweep = deleteTo > 0 ? Optional.of(new Sweep(deleteTo, cited(), Deletion.none(0))) : Optional.empty();
    }

    /** Deletes some, where there is something to delete. */
    void sweep() throws InterruptedException {
        if (sweep.isEmpty()) {
            return;
        }
        Sweep current = sweep.get();
        boundary.accept("delete");
        try {
            Deletion next = journal.delete(current.done().last(), current.deleteTo(), current.cited(), BATCH)
                    .get();
            deleted.add(next.deleted());
            Deletion done = current.done().and(next);
            sweep = done.isEnd() ? Optional.empty() : Optional.of(new Sweep(current.deleteTo(), current.cited(), done));
            if (done.isEnd() && done.deleted() > 0) {
                LOG.info(
                        "retention: {} batches received from {} to {} are deleted, {} of that time are kept since findings cite"
                                + " them; {} stands for the journal up to position {}",
                        done.deleted(),
                        done.first().orElseThrow(),
                        done.latest().orElseThrow(),
                        done.passed(),
                        snapshot.file(),
                        current.deleteTo());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException problem) {
                giveUp(problem);
                return;
            }
            throw new IllegalStateException(e);
        }
    }

    /**
     * When batches came that open findings cite, and those that may come back: with all segments' batches of that time the
     * rounds can be judged again, which opened and changed them and showed them last.
     */
    private List<Span> cited() {
        Duration margin = timing.every().multipliedBy(ROUNDS_AROUND);
        Duration around = margin.compareTo(SHORTEST_MARGIN) > 0 ? margin : SHORTEST_MARGIN;
        List<Span> cited = new ArrayList<>();
        Stream.concat(store.openIncidents().stream(), mayComeBack()).forEach(incident -> {
            cited.add(span(incident.openedAt(), incident.openedAt(), around));
            for (Change change : incident.history().changes()) {
                cited.add(span(Instant.ofEpochMilli(change.round()), change.at(), around));
            }
            // When the round that showed it last was closed is not told; what came later than this was not judged.
            Instant last = Instant.ofEpochMilli(incident.round());
            cited.add(span(last, last.plus(Rounds.LATEST), around));
            for (Witness witness : incident.finding().witnesses()) {
                cited.add(span(witness.at(), witness.at().plus(Rounds.LATEST), around));
            }
        });
        return cited;
    }

    private Stream<Incident> mayComeBack() {
        return store.latestRounds().values().stream()
                .max(Long::compare)
                .map(latest -> Instant.ofEpochMilli(latest).minus(Ledger.REOPENS_WITHIN.multipliedBy(2)))
                .map(store::incidentsClosedSince)
                .stream()
                .flatMap(List::stream);
    }

    private static Span span(Instant from, Instant to, Duration around) {
        Instant first = from.isBefore(to) ? from : to;
        Instant last = from.isBefore(to) ? to : from;
        return new Span(first.minus(around), last.plus(around));
    }
}
