package dev.plumbline.collector.projection;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Hindsight;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Ledger;
import dev.plumbline.collector.finding.OutOfSight;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Sight;
import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.collector.round.JournalCertificates;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.collector.round.LatestWord;
import dev.plumbline.collector.round.LiveRound;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.round.Rounds;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One judge's way through the journal, from what the store contains: records are taken in, closings applied in their order.
 * The live collector and a rebuild go the same way; they differ in who decides when a round is closed. Used by one thread.
 */
public final class Projection {
    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);
    private static final int PAGE = 256;

    private final JournalHistory journal;
    private final JournalReader reader;
    private final JournalCertificates evidence;
    private final RoundJudge judge;
    private final Sight sight;
    private final Store store;
    private final Rounds rounds;
    private final long begunAfter;
    private long position;
    private long applied;
    private long records;
    private boolean isGapped;
    private @Nullable Judged unwritten;

    /** What a closing led to; empty where the judge failed. */
    private record Judged(Closing closing, Optional<RoundVerdict> verdict) {}

    /**
     * What became of a closing.
     *
     * @param verdict empty where nothing was written
     * @param incidents opened, changed or closed by it
     */
    public record Outcome(Closing closing, Optional<RoundVerdict> verdict, int incidents) {
        static Outcome nothing(Closing closing) {
            return new Outcome(closing, Optional.empty(), 0);
        }
    }

    /** A judge begins anew, with no memory but what the store holds. */
    public Projection(JournalHistory journal, Judges judges, Store store, RoundTiming timing) {
        this.journal = journal;
        this.reader = new JournalReader(journal);
        this.evidence = new JournalCertificates(journal);
        this.judge = judges.begin(evidence);
        this.sight = judges.sight();
        this.store = store;
        this.position = store.position();
        this.applied = store.closing();
        this.begunAfter = applied;
        judge.recall(store.cells());
        this.rounds = new Rounds(timing, store.closedRounds(), store.horizon(), position);
    }

    /** Id of the closing that the store contained when this began. */
    public long begunAfter() {
        return begunAfter;
    }

    /**
     * What the judge will never look at is closed and left behind: before anything is applied. Doing it again changes nothing.
     *
     * @param at when the judge began
     * @throws StoreException when it cannot be written; it may be done again
     */
    public void begin(Instant at) {
        List<Incident> closed = OutOfSight.close(store.openIncidents(), sight, at);
        // Agents were heard of segments that no round counts.
        Stream<SegmentId> heard = store.reports().stream().map(r -> r.agent().segment());
        List<SegmentId> gone = Stream.concat(store.latestRounds().keySet().stream(), heard)
                .filter(s -> !sight.isDeclared(s))
                .distinct()
                .toList();
        if (!closed.isEmpty() || !gone.isEmpty()) {
            store.leave(closed, gone);
        }
        List<Cell> unasked = store.cells().stream()
                .filter(c -> !sight.isAsked(c.segment(), c.target()))
                .toList();
        if (!unasked.isEmpty()) {
            store.end(unasked, at);
        }
    }

    /** Position up to which the journal was read. */
    public long position() {
        return position;
    }

    /** Records that were read. */
    public long records() {
        return records;
    }

    /** These agents' summaries are waited for. */
    public void begin(long round, Set<AgentId> expected, Instant now) {
        rounds.begin(round, expected, now);
    }

    /** The open rounds, and whose summaries each waits for. */
    public Map<Long, Set<AgentId>> awaited() {
        return rounds.awaited();
    }

    /** Nothing was said of any open round yet. */
    public boolean isBetweenRounds() {
        return rounds.isBetween();
    }

    /** The next records, not taken in yet. */
    public JournalReader.Page next() throws JournalException {
        return reader.read(position, PAGE);
    }

    /**
     * Takes in the records of the page that is next.
     *
     * @param connected whose summaries are waited for in rounds that nobody announced
     */
    public void take(JournalReader.Page next, Set<AgentId> connected, Instant now) {
        for (JournalReader.Reading reading : next.readings()) {
            take(reading, connected, now);
        }
        position = next.last();
    }

    private void take(JournalReader.Reading record, Set<AgentId> connected, Instant now) {
        records++;
        try {
            Batch news =
                    rounds.take(record.position(), record.agent(), record.batch(), record.receivedAt(), connected, now);
            judge.accept(record.agent(), news);
        } catch (RuntimeException e) {
            // A bug met by one record must neither hold up the others nor be met again for ever.
            LOG.error("journal record {} could not be taken in", record.position(), e);
        }
    }

    /** Open rounds that are to be closed now, in order. */
    public List<LiveRound> due(Instant now) {
        return rounds.due(judge::finished, now);
    }

    /** Closes a round of which nobody said anything: there is nothing to decide and nothing to write. */
    public void dismiss(LiveRound silent) {
        rounds.dismiss(silent);
    }

    /**
     * Applies the next of the journal's closings that the store does not contain yet, and takes in the records before it.
     *
     * @param last id of the last one to be applied
     * @param connected as for {@link #take}
     * @return empty when there is no such closing
     * @throws dev.plumbline.collector.store.StoreException when it cannot be written; it may be applied again
     */
    public Optional<Outcome> replay(long last, Set<AgentId> connected, Instant now) throws JournalException {
        for (Closing closing : journal.closings(applied, 1)) {
            if (closing.id() <= last) {
                isGapped |= closing.id() > applied + 1;
                readTo(closing.readTo(), connected, now);
                Outcome outcome = apply(closing);
                if (isGapped) {
                    // A damaged closing left its round open, and with it all later ones in memory.
                    rounds.abandonBefore(closing.round() - Rounds.LATEST.toMillis());
                }
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    private void readTo(long upTo, Set<AgentId> connected, Instant now) throws JournalException {
        JournalReader.Page page;
        do {
            page = reader.read(position, upTo, PAGE);
            take(page, connected, now);
        } while (page.isFull());
    }

    private Outcome apply(Closing closing) {
        Optional<LiveRound> round = rounds.withFacts(closing.round());
        if (round.isEmpty()) {
            LOG.warn(
                    "closing {} speaks of round {}, of which nothing counts: the configuration is another one",
                    closing.id(),
                    Instant.ofEpochMilli(closing.round()));
            store.pass(closing.id());
            applied = closing.id();
            return Outcome.nothing(closing);
        }
        Optional<RoundVerdict> verdict = judged(closing);
        int incidents = 0;
        try {
            if (verdict.isPresent()) {
                incidents = write(closing, round.get(), verdict.get());
            }
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // As in judging: a bug met by one round must not hold up all later ones.
            LOG.error("round {} could not be entered", Instant.ofEpochMilli(closing.round()), e);
            verdict = Optional.empty();
        }
        if (verdict.isEmpty()) {
            store.pass(closing.id());
        }
        unwritten = null;
        applied = closing.id();
        rounds.closed(round.get());
        rounds.oldest().ifPresent(judge::forgetBefore);
        return new Outcome(closing, verdict, incidents);
    }

    /** Once for each closing, since the judge learns by it: what could not be written is kept. */
    private Optional<RoundVerdict> judged(Closing closing) {
        Judged kept = unwritten;
        if (kept == null || kept.closing().id() != closing.id()) {
            kept = new Judged(closing, judge(closing));
            unwritten = kept;
        }
        return kept.verdict();
    }

    private Optional<RoundVerdict> judge(Closing closing) {
        evidence.upTo(closing.readTo());
        try {
            return Optional.of(judge.judge(closing.round(), closing.closedAt()));
        } catch (RuntimeException e) {
            // A bug met by one round's facts must not take the verdict from all later rounds.
            LOG.error("round {} could not be judged", Instant.ofEpochMilli(closing.round()), e);
            return Optional.empty();
        }
    }

    private int write(Closing closing, LiveRound round, RoundVerdict whole) {
        LatestWord latest = new LatestWord(round.round(), store.latestRounds());
        RoundVerdict verdict = latest.of(whole);
        List<Incident> known = new ArrayList<>(store.openIncidents());
        known.addAll(
                store.incidentsClosedSince(Instant.ofEpochMilli(round.round()).minus(Ledger.REOPENS_WITHIN)));
        List<Incident> changes = new ArrayList<>(Ledger.update(latest.of(known), verdict, round.wasJudged()));
        changes.addAll(Hindsight.annotate(latest.past(known), latest.past(whole), round.wasJudged()));
        store.apply(
                rounds.change(round, verdict, changes, closing.id()).reportedBy(a -> sight.isDeclared(a.segment())));
        return changes.size();
    }
}
