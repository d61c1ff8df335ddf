package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Sight;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.collector.judge.SiteJudge;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.collector.projection.Projection;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.Store;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Writes a past as the collector does: batches into the journal, read from there, closings, the judge, the ledger, the store. Of
 * the earlier days it does so for some rounds of every four hours; of the rounds between, of which the judge would say what it said of the
 * last one, it enters in the store that they were heard, by the store's own writer, and nothing else.
 */
final class MonthWriter {
    private static final Duration CLOSES_AFTER = Duration.ofSeconds(40);
    private static final Duration GRID = Duration.ofHours(Faults.GRID_HOURS);

    private final MonthSite month;
    private final Journal journal;
    private final Store store;
    private final Rounds rounds;
    private final Projection projection;
    private final Tally tally = new Tally();

    /** What was done, and how long it took. */
    static final class Tally {
        long observations;
        long judged;
        long heardOnly;
        long drawNanos;
        long journalNanos;
        long judgeNanos;
    }

    private record MonthJudges(MonthSite month) implements Judges {
        @Override
        public RoundJudge begin(Certificates evidence) {
            return new SiteJudge(
                    month.site(), month::plan, evidence, month.catalog().anchors());
        }

        @Override
        public Sight sight() {
            return Sight.UNBOUNDED;
        }
    }

    MonthWriter(MonthSite month, Journal journal, Store store, Rounds rounds) {
        this.month = month;
        this.journal = journal;
        this.store = store;
        this.rounds = rounds;
        this.projection = new Projection(
                journal,
                new MonthJudges(month),
                store,
                new RoundTiming(
                        month.config().settings().round(),
                        month.config().grace(),
                        month.config().settings().stageTimeout(),
                        month.config().settings().confirmations()));
    }

    Tally tally() {
        return tally;
    }

    /** Before anything else. */
    void begin(Instant at) throws JournalException, InterruptedException {
        Sha256 configuration = Sha256.of("bench".getBytes(StandardCharsets.UTF_8));
        durable(journal.enterBeginning(
                store.closing(),
                at,
                new Basis("bench", configuration, month.site().edition())));
        projection.begin(at);
    }

    /**
     * Rounds from one time until before another.
     *
     * @param judged how many rounds after each point of the grid are judged
     */
    void write(Instant from, Instant until, int judged) throws JournalException, InterruptedException {
        Duration every = month.config().settings().round();
        for (Instant round = from; round.isBefore(until); round = round.plus(every)) {
            long ofGrid = Math.floorMod(round.toEpochMilli(), GRID.toMillis()) / every.toMillis();
            if (ofGrid < judged) {
                judge(round.toEpochMilli());
            } else {
                hear(round.toEpochMilli());
            }
        }
    }

    private void judge(long round) throws JournalException, InterruptedException {
        long begun = System.nanoTime();
        Instant came = Instant.ofEpochMilli(round).plus(CLOSES_AFTER);
        List<JournalRecord> records = new ArrayList<>();
        List<Batch> batches = new ArrayList<>();
        for (Segment segment : month.site().segments()) {
            String agent = SpiffeId.agent(
                            MonthSite.DOMAIN,
                            MonthSite.ID,
                            segment.id(),
                            Rounds.agent(segment).name())
                    .toString();
            for (Batch batch : rounds.of(segment, round)) {
                batches.add(batch);
                tally.observations += batch.observations().size();
                records.add(new JournalRecord(
                        agent,
                        segment.id(),
                        batch.incarnation(),
                        batch.sequence(),
                        came,
                        Bytes.of(BatchCodec.encode(batch).toBuilder()
                                .clearEvidence()
                                .build()
                                .toByteArray())));
            }
        }
        long drawn = System.nanoTime();
        List<CompletableFuture<Long>> appended = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            appended.add(journal.append(records.get(i), batches.get(i).evidence()));
        }
        for (CompletableFuture<Long> one : appended) {
            durable(one);
        }
        long journalled = System.nanoTime();
        JournalReader.Page page;
        do {
            page = projection.next();
            projection.take(page, Set.of(), came);
        } while (page.isFull());
        durable(journal.enterClosing(round, projection.position(), came));
        while (projection.replay(Long.MAX_VALUE, Set.of(), came).isPresent()) {
            tally.judged++;
        }
        tally.drawNanos += drawn - begun;
        tally.journalNanos += journalled - drawn;
        tally.judgeNanos += System.nanoTime() - journalled;
    }

    private void hear(long round) {
        Instant closedAt = Instant.ofEpochMilli(round).plus(CLOSES_AFTER);
        Set<SegmentId> heard = month.site().segments().stream()
                .filter(s -> !rounds.isAway(s, round))
                .map(Segment::id)
                .collect(Collectors.toSet());
        long position = store.position();
        store.apply(new RoundChange(
                new RoundVerdict(round, closedAt, heard, List.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of(),
                new ClosedRound(round, closedAt, position, position),
                store.closing(),
                position,
                store.horizon()));
        tally.heardOnly++;
    }

    private static <T> T durable(CompletableFuture<T> entry) throws JournalException, InterruptedException {
        try {
            return entry.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException problem) {
                throw problem;
            }
            throw new IllegalStateException(e);
        }
    }
}
