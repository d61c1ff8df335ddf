package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.journalled;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Journal, store and pipeline of a data folder, without the port: what a collector does with what agents sent. */
final class JudgedFolder implements AutoCloseable {
    static final RoundTiming TIMING =
            new RoundTiming(Duration.ofHours(1), Duration.ofSeconds(20), Duration.ofSeconds(4), 1);

    final SqliteJournal journal;
    final SqliteStore store;
    private final Pipeline pipeline;
    private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    private final Semaphore turns = new Semaphore(0);

    JudgedFolder(Path folder, Judges judges, Basis basis) throws Exception {
        journal = SqliteJournal.open(DataFolder.journal(folder));
        store = SqliteStore.open(DataFolder.store(folder));
        pipeline = new Pipeline(journal, judges, store, basis, new ConnectedAgents(), TIMING, Clock.systemUTC());
        pipeline.listen(new RoundListener() {
            @Override
            public void closed(long round, Optional<RoundVerdict> verdict) {
                closed.add(round);
            }

            @Override
            public void failed(long round) {
                closed.add(-round);
            }

            @Override
            public void turned() {
                turns.release();
            }
        });
        pipeline.start();
    }

    /** Returns when another judge began, and what ended with the one before has ended in the store. */
    void judgeBy(Judges judges, Basis basis) throws Exception {
        int before = journal.beginnings().size();
        pipeline.judgeBy(judges, basis);
        assertThat(turns.tryAcquire(60, TimeUnit.SECONDS))
                .as("another judge began")
                .isTrue();
        assertThat(journal.beginnings()).hasSize(before + 1);
    }

    boolean isJudged(Instant at, Duration patience) throws InterruptedException {
        return pipeline.awaitJudged(at, patience);
    }

    /** A whole round of one agent. */
    CompletableFuture<Long> append(AgentId agent, UUID incarnation, long sequence, long round, String unfit) {
        Batch batch = new Batch(
                incarnation,
                sequence,
                "",
                List.of(observation(COURIER, round, 1)),
                List.of(summary(round, unfit)),
                List.of());
        return append(agent, batch);
    }

    CompletableFuture<Long> append(AgentId agent, Batch batch) {
        return journal.append(journalled(agent, Instant.now(), batch), List.of());
    }

    /** False when it does not within a minute. */
    boolean closes(long round) throws InterruptedException {
        Long next = closed.poll(60, TimeUnit.SECONDS);
        while (next != null && next != round) {
            next = closed.poll(60, TimeUnit.SECONDS);
        }
        return next != null;
    }

    @Override
    public void close() throws InterruptedException {
        pipeline.close();
        store.close();
        journal.close();
    }
}
