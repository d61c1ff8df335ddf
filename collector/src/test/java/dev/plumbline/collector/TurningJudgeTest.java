package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.Beginning;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another judge takes over while a round is open. */
final class TurningJudgeTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(4), 1);
    private static final Basis OTHER = new Basis("1.0", Sha256.of(new byte[] {2}));

    @TempDir
    Path folder;

    private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    private final UnfitJudge first = new UnfitJudge();
    private final UnfitJudge second = new UnfitJudge();
    private final SetClock clock =
            SetClock.at(Instant.ofEpochMilli(TIMING.slot(Instant.parse("2026-11-23T10:00:00Z"))));
    private SqliteJournal journal;
    private SqliteStore store;
    private Pipeline pipeline;
    private long sequence;

    @BeforeEach
    void start() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        store = SqliteStore.open(folder.resolve("store.db"));
        pipeline = new Pipeline(
                journal, evidence -> first, store, Samples.BASIS, new ConnectedAgents(WIFI_A, SRV_A), TIMING, clock);
        pipeline.listen(new RoundListener() {
            @Override
            public void closed(long round, Optional<RoundVerdict> verdict) {
                verdict.ifPresent(v -> closed.add(round));
            }

            @Override
            public void failed(long round) {}
        });
        pipeline.start();
    }

    @AfterEach
    void stop() throws Exception {
        pipeline.close();
        store.close();
        journal.close();
    }

    private void journal(AgentId agent, long round, List<RoundSummary> summaries) {
        Batch batch = new Batch(
                new UUID(0, 7), ++sequence, "", List.of(observation(COURIER, round, 1)), summaries, List.of());
        journal.append(journalled(agent, clock.instant(), batch), List.of()).join();
    }

    private void awaitBeginnings(int count) throws Exception {
        for (int i = 0; i < 6_000 && journal.beginnings().size() < count; i++) {
            Thread.sleep(10);
        }
        assertThat(journal.beginnings()).hasSize(count);
    }

    @Test
    void atTheNextSlotItReadsAgainWhatWasSaidOfAnOpenRoundAndWaitsForTheOthers() throws Exception {
        awaitBeginnings(1);
        long round = clock.millis();
        journal(WIFI_A, round, List.of(summary(round, "dropped")));
        // The first judge has it, and waits for the other agent: the round is open.
        for (int i = 0; i < 6_000 && first.finished(round).isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(first.finished(round)).containsExactly(WIFI_A);
        pipeline.judgeBy(evidence -> second, OTHER);
        clock.set(Instant.ofEpochMilli(round).plus(TIMING.every()));
        awaitBeginnings(2);
        journal(SRV_A, round, List.of(summary(round, "")));
        assertThat(closed.poll(60, TimeUnit.SECONDS)).isEqualTo(round);
        assertThat(second.finished(round)).as("it was told the whole round").containsExactlyInAnyOrder(WIFI_A, SRV_A);
        assertThat(store.openIncidents())
                .extracting(i -> i.finding().place().word())
                .containsExactly(WIFI.value());
        assertThat(journal.beginnings()).extracting(Beginning::basis).containsExactly(Samples.BASIS, OTHER);
    }
}
