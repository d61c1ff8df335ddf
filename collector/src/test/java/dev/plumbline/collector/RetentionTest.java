package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.BASIS;
import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weeks of a collector, with a clock that is set, over real files. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RetentionTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofHours(1), Duration.ofSeconds(20), Duration.ofSeconds(4), 1);
    private static final RetentionPolicy POLICY = new RetentionPolicy(Duration.ofDays(10), Duration.ofDays(20));
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.001Z");

    @TempDir
    Path folder;

    private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    private volatile Instant now = FIRST;
    private volatile String killedAt = "";
    private SqliteJournal journal;
    private SqliteStore store;
    private Pipeline pipeline;
    private long sequence;

    @BeforeEach
    void start() throws Exception {
        journal = SqliteJournal.open(DataFolder.journal(folder));
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder));
        snapshot.replaceMissing(DataFolder.store(folder));
        store = SqliteStore.open(DataFolder.store(folder));
        snapshot.forgetAlike(store);
        pipeline = new Pipeline(journal, evidence -> new DatedJudge(), store, BASIS, new Nobody(), TIMING, new SetClock());
        pipeline.retain(new Retention(journal, store, snapshot, POLICY, this::boundary));
        pipeline.listen(new RoundListener() {
            @Override
            public void closed(long round, Optional<RoundVerdict> verdict) {
                closed.add(round);
            }

            @Override
            public void failed(long round) {
                closed.add(-round);
            }
        });
        pipeline.start();
    }

    @AfterEach
    void stop() throws Exception {
        pipeline.close();
        store.close();
        journal.close();
    }

    private int left;

    /** From the step on at which it is killed nothing is done any more. */
    private void boundary(String step) {
        if (step.equals(killedAt) && --left <= 0) {
            killedAt = "*";
        }
        if (killedAt.equals("*")) {
            throw new IllegalStateException("killed before: " + step);
        }
    }

    private final class SetClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Nobody implements Connections {
        @Override
        public Set<AgentId> connected() {
            return Set.of();
        }

        @Override
        public void demand(String id, long round) {}

        @Override
        public void listen(ProgressListener listener) {}
    }

    /** Its witnesses are of the round that shows the cause. */
    private static final class DatedJudge extends GatheringJudge {
        @Override
        RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit) {
            return new RoundVerdict(
                    round,
                    closedAt,
                    Set.copyOf(heard.stream().map(AgentId::segment).toList()),
                    heard.stream()
                            .map(a -> Samples.cell(a.segment(), COURIER, State.OK, round))
                            .toList(),
                    unfit.stream().map(a -> drop(round)).toList(),
                    List.of(),
                    List.of());
        }

        private static Finding drop(long round) {
            return new Finding(
                    Place.of(WIFI),
                    Mechanism.TCP_DROP,
                    Scope.parse("tcp/5223"),
                    List.of(COURIER),
                    List.of(new Witness(
                            WIFI,
                            "a",
                            COURIER,
                            Transport.TCP,
                            Endpoint.NONE,
                            new Endpoint("17.57.144.10", 5223),
                            Instant.ofEpochMilli(round),
                            "no answer")),
                    "dropped",
                    "permit it");
        }
    }

    /** So many rounds in a day, each with an agent's batch. */
    private void day(int rounds, boolean isBroken) throws Exception {
        // Once it is killed each round would wait for the pause after a failure.
        for (int i = 0; i < rounds && !killedAt.equals("*"); i++) {
            now = now.plus(Duration.ofDays(1).dividedBy(rounds));
            long round = TIMING.demandAt(now);
            sequence++;
            Batch batch = new Batch(
                    new UUID(0, 5), sequence, "", observations(round), List.of(summary(round, isBroken ? "dropped" : "")),
                    List.of());
            journal.append(
                            new JournalRecord(
                                    SpiffeId.agent("campus.example", "campus", WIFI, "a").toString(),
                                    WIFI,
                                    batch.incarnation(),
                                    sequence,
                                    now,
                                    Bytes.of(BatchCodec.encode(batch).toByteArray())),
                            List.of(Evidence.x509(("certificate " + sequence).getBytes(StandardCharsets.UTF_8))))
                    .join();
            assertThat(closed.poll(60, TimeUnit.SECONDS)).isEqualTo(round);
        }
    }

    private static List<Observation> observations(long round) {
        return IntStream.range(0, 40)
                .mapToObj(i -> observation(i == 0 ? COURIER : new TargetId("courier" + i + ":5223"), round, 1))
                .toList();
    }

    /** Waits for what the judge's thread does on its own in a quiet moment. */
    private void await(String what, Callable<Boolean> holds) throws Exception {
        for (int i = 0; i < 6_000 && !holds.call(); i++) {
            Thread.sleep(10);
        }
        assertThat(holds.call()).as(what).isTrue();
    }

    private Instant oldest() throws JournalException {
        return journal.tail(0, 1).get(0).record().receivedAt();
    }

    private boolean isShortened() throws JournalException {
        return journal.first() > journal.deletedTo() && oldest().isAfter(now.minus(Duration.ofHours(24 * 11 + 6)));
    }

    private void assertRebuilt() throws Exception {
        Path made = folder.resolve("rebuilt.db");
        DatabaseFiles.delete(made);
        new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder)).replaceMissing(made);
        try (SqliteStore rebuilt = SqliteStore.open(made)) {
            assertThat(new Rebuild(journal, evidence -> new DatedJudge(), TIMING, BASIS)
                            .run(rebuilt, journal.lastClosing(), (records, rounds) -> {})
                            .isWhole())
                    .isTrue();
        }
        try (StoreContent one = StoreContent.open(DataFolder.store(folder));
                StoreContent other = StoreContent.open(made)) {
            assertThat(other.tables()).isEqualTo(one.tables());
        }
    }

    @Test
    void weeksOfItKeepTheFilesSmallAndTheSnapshotWithTheTailIsTheStore() throws Exception {
        Set<Long> deletedTo = new TreeSet<>();
        List<Long> bytes = new ArrayList<>();
        for (int week = 1; week <= 8; week++) {
            for (int day = 1; day <= 7; day++) {
                day(8, day == 2);
            }
            if (week >= 2) {
                await("what is too old is deleted", this::isShortened);
            }
            deletedTo.add(journal.deletedTo());
            pipeline.close();
            assertRebuilt();
            stop();
            bytes.add(Files.size(DataFolder.journal(folder)));
            start();
        }
        System.out.println("journal after each week: " + bytes + " bytes, deleted to " + deletedTo);
        assertThat(deletedTo).as("turns").hasSizeGreaterThan(4);
        assertThat(oldest()).isAfter(now.minus(Duration.ofDays(12)));
        assertThat(bytes.get(7)).isLessThan(bytes.get(1) * 13 / 10);
        assertThat(store.keptFrom()).isAfter(now.minus(Duration.ofDays(24)));
        assertThat(store.incidents())
                .as("history that was over before is gone")
                .isNotEmpty()
                .allMatch(i -> i.closedAt().orElseThrow().isAfter(store.keptFrom()));
        assertThat(journal.evidence(Evidence.x509("certificate 1".getBytes(StandardCharsets.UTF_8)).hash()))
                .as("evidence outlives the batches")
                .isPresent();
    }

    @Test
    void whatAnOpenFindingRestsOnIsKeptHoweverOldItIs() throws Exception {
        for (int day = 1; day <= 5; day++) {
            day(8, false);
        }
        Instant opened = now;
        for (int day = 6; day <= 40; day++) {
            day(8, true);
        }
        await("what was before it is deleted", () -> journal.first() > 1 && journal.first() > journal.deletedTo());
        assertThat(oldest()).isBetween(opened.minus(Duration.ofHours(52)), opened.minus(Duration.ofHours(44)));
        assertThat(store.openIncidents())
                .extracting(Incident::openedAt)
                .singleElement()
                .satisfies(at -> assertThat(at).isBefore(now.minus(POLICY.store())));
        day(8, false);
        day(8, false);
        await("it is closed, and no reason any more", this::isShortened);
        assertThat(store.openIncidents()).isEmpty();
        pipeline.close();
        assertRebuilt();
    }

    @ParameterizedTest
    @CsvSource({"copy, 1", "put in place, 1", "forget, 1", "delete, 1", "delete, 2"})
    void whereverItIsKilledTheNextStartComesToTheSame(String step, int times) throws Exception {
        for (int turn = 0; turn < 2; turn++) {
            killedAt = step;
            left = times;
            for (int day = 1; day <= 14 - 2 * turn; day++) {
                day(50, day % 5 == 3);
                if (killedAt.equals("*")) {
                    pipeline.close();
                    killedAt = "";
                    stop();
                    start();
                    assertThat(store.position()).isGreaterThanOrEqualTo(journal.deletedTo());
                }
            }
            killedAt = "";
            now = now.plus(Duration.ofHours(2));
            await("it is done after all", this::isShortened);
            pipeline.close();
            assertRebuilt();
            stop();
            start();
        }
        assertThat(journal.deletedTo()).isPositive();
    }

    @Test
    void aStoreOfBeforeTheDeletedPartIsRefused() throws Exception {
        day(8, false);
        pipeline.close();
        Path early = folder.resolve("early.db");
        DatabaseCopy.make(DataFolder.store(folder), early);
        stop();
        start();
        for (int day = 1; day <= 14; day++) {
            day(8, false);
        }
        await("what is too old is deleted", this::isShortened);
        pipeline.close();
        try (SqliteStore old = SqliteStore.open(early)) {
            assertThatThrownBy(() -> new Rebuild(journal, evidence -> new DatedJudge(), TIMING, BASIS)
                            .run(old, journal.lastClosing(), (records, rounds) -> {}))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("were deleted by its retention");
            try (DataFolder data = DataFolder.take(folder)) {
                Collector.checkKept(data, journal, store);
                assertThatThrownBy(() -> Collector.checkKept(data, journal, old))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("move it away: it is made anew from " + DataFolder.snapshot(folder));
            }
        }
        stop();
        Files.delete(DataFolder.store(folder));
        start();
        assertThat(store.position()).as("it began at the snapshot").isGreaterThanOrEqualTo(journal.deletedTo());
    }
}
