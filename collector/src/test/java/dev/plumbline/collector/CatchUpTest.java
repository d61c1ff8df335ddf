package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.BASIS;
import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal of this week, of which nothing was judged: a store is made of it while the collector runs. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CatchUpTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(4), 1);
    private static final int ROUNDS = 4_000;

    /** Eight pages of the journal, one whose grace had not ended, and the latest rounds, which may be opened again. */
    private static final int MOST_IN_MEMORY = 9 * 256 + 16;

    @TempDir
    Path folder;

    private final AtomicInteger most = new AtomicInteger();

    @Test
    void roundsThatAreOverLeaveTheMemoryThoughThereIsAlwaysMoreToRead() throws Exception {
        long first = TIMING.demandAt(Instant.now().minus(Duration.ofDays(5)));
        try (SqliteJournal journal = SqliteJournal.open(DataFolder.journal(folder))) {
            List<CompletableFuture<Long>> appended = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                appended.add(append(journal, WIFI_A, i + 1, first + i * 1_000L));
            }
            appended.forEach(CompletableFuture::join);
            judge(journal);
            assertThat(journal.lastClosing()).isEqualTo(ROUNDS);
        }
        assertThat(most.get()).isBetween(256, MOST_IN_MEMORY);
        assertRebuilt();
    }

    private static CompletableFuture<Long> append(SqliteJournal journal, AgentId agent, long sequence, long round) {
        Batch batch = new Batch(
                new UUID(9, 9),
                sequence,
                "",
                List.of(observation(COURIER, round, 1)),
                List.of(summary(round, sequence % 500 < 20 ? "dropped" : "")),
                List.of());
        return journal.append(journalled(agent, Instant.ofEpochMilli(round).plusSeconds(3), batch), List.of());
    }

    private void judge(SqliteJournal journal) throws Exception {
        CountDownLatch closed = new CountDownLatch(ROUNDS);
        try (SqliteStore store = SqliteStore.open(DataFolder.store(folder));
                Pipeline pipeline = new Pipeline(
                        journal,
                        evidence -> new Weighed(),
                        store,
                        BASIS,
                        // Whoever is connected today and said nothing then is waited for until the grace of that time
                        // ended.
                        new ConnectedAgents(WIFI_A, SRV_A),
                        TIMING,
                        Clock.systemUTC())) {
            pipeline.listen(new RoundListener() {
                @Override
                public void closed(long round, Optional<RoundVerdict> verdict) {
                    if (verdict.isPresent()) {
                        closed.countDown();
                    }
                }

                @Override
                public void failed(long round) {
                    throw new AssertionError("the judge fails on round " + round);
                }
            });
            pipeline.start();
            assertThat(closed.await(9, TimeUnit.MINUTES)).as("all are judged").isTrue();
            assertThat(store.incidents()).isNotEmpty();
        }
    }

    private void assertRebuilt() throws Exception {
        Path made = folder.resolve("rebuilt.db");
        try (SqliteJournal journal = SqliteJournal.open(DataFolder.journal(folder));
                SqliteStore store = SqliteStore.open(made)) {
            new Rebuild(journal, evidence -> new UnfitJudge(), TIMING, BASIS)
                    .run(store, journal.lastClosing(), (records, rounds) -> {});
        }
        try (StoreContent one = StoreContent.open(DataFolder.store(folder));
                StoreContent other = StoreContent.open(made)) {
            assertThat(other.tables()).isEqualTo(one.tables());
        }
    }

    /** Remembers how many rounds were in memory at once. */
    private final class Weighed extends GatheringJudge {
        private final UnfitJudge judge = new UnfitJudge();

        @Override
        public void accept(AgentId agent, Batch batch) {
            super.accept(agent, batch);
            most.accumulateAndGet(rounds().size(), Math::max);
        }

        @Override
        RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit) {
            return judge.judge(round, closedAt, heard, unfit);
        }
    }
}
