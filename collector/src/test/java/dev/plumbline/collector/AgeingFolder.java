package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.BASIS;
import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A collector's data folder over weeks: journal, store and pipeline with a clock that is set, and an agent on a segment. */
final class AgeingFolder implements AutoCloseable {
    static final RoundTiming TIMING =
            new RoundTiming(Duration.ofHours(3), Duration.ofSeconds(20), Duration.ofSeconds(4), 1);
    static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.001Z");

    /** In each round. */
    static final int BATCHES = 10;

    SqliteJournal journal;
    SqliteStore store;
    final SetClock clock = SetClock.at(FIRST);
    private final RoundTiming timing;
    private final Judges judges;
    private final Basis basis;
    private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    private Path folder;
    private Pipeline pipeline;
    private long sequence;
    private volatile String killedAt = "";
    private final AtomicInteger killsLeft = new AtomicInteger();
    private volatile Optional<Path> image = Optional.empty();

    AgeingFolder(Path folder, RetentionPolicy policy) throws Exception {
        this(folder, policy, TIMING, evidence -> new RememberingJudge(), BASIS);
    }

    AgeingFolder(Path folder, RetentionPolicy policy, RoundTiming timing, Judges judges, Basis basis) throws Exception {
        this.folder = folder;
        this.timing = timing;
        this.judges = judges;
        this.basis = basis;
        start(policy);
    }

    /** As the collector does. */
    private void start(RetentionPolicy policy) throws Exception {
        closed.clear();
        journal = SqliteJournal.open(DataFolder.journal(folder));
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder));
        snapshot.replaceMissing(DataFolder.store(folder));
        store = SqliteStore.open(DataFolder.store(folder));
        pipeline = new Pipeline(journal, judges, store, basis, new ConnectedAgents(), timing, clock);
        pipeline.retain(new Retention(journal, store, snapshot, policy, timing, this::boundary));
        pipeline.listen(new RoundListener() {
            @Override
            public void closed(long round, Optional<RoundVerdict> verdict) {
                if (verdict.isPresent()) {
                    closed.add(round);
                }
            }

            @Override
            public void failed(long round) {
                closed.add(-round);
            }
        });
        pipeline.start();
    }

    void restart(RetentionPolicy policy) throws Exception {
        close();
        start(policy);
    }

    /** In a folder that was left so, by a kill or a restore. */
    void restartIn(Path other, RetentionPolicy policy) throws Exception {
        close();
        folder = other;
        start(policy);
    }

    void endJudging() throws Exception {
        pipeline.close();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws Exception {
        pipeline.close();
        store.close();
        journal.close();
    }

    /** What lies on the disk before a step is taken for the n-th time is kept: to the disk a kill is no more. */
    void killBefore(String step, int times) {
        image = Optional.empty();
        killsLeft.set(times);
        killedAt = step;
    }

    /** Where it lies; empty while nothing was killed. */
    Optional<Path> image() {
        return image;
    }

    private void boundary(String step) {
        if (step.equals(killedAt) && killsLeft.decrementAndGet() <= 0) {
            killedAt = "";
            image = Optional.of(copied());
        }
        if (image.isPresent()) {
            throw new IllegalStateException("killed before: " + step);
        }
    }

    void revive() {
        image = Optional.empty();
    }

    private Path copied() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{db,db-wal,db.next,db.unfinished}")) {
            Path copy = Files.createTempDirectory(folder.resolve("..").normalize(), "image");
            for (Path file : files) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says depends on how much it judged since it began, and its witnesses are of the round that shows the cause. */
    static final class RememberingJudge extends GatheringJudge {
        private int judged;

        @Override
        RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit) {
            judged++;
            return new RoundVerdict(
                    round,
                    closedAt,
                    Set.copyOf(heard.stream().map(AgentId::segment).toList()),
                    heard.stream()
                            .map(a -> Samples.cell(a.segment(), COURIER, State.OK, round)
                                    .with(State.OK, judged + " rounds are known"))
                            .toList(),
                    unfit.stream().map(a -> drop(round)).toList(),
                    List.of(),
                    List.of());
        }

        private Finding drop(long round) {
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
                    "dropped, the last of " + judged + " rounds",
                    "permit it");
        }
    }

    /** Eight rounds. */
    void day(boolean isBroken) throws Exception {
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofHours(3));
            long round = timing.demandAt(clock.instant());
            append(round, isBroken);
            awaitClosing(round);
        }
    }

    void days(int days, boolean isBroken) throws Exception {
        for (int day = 1; day <= days; day++) {
            day(isBroken);
        }
    }

    /** Others may be closed before it, that a kill or a restore left open. */
    private void awaitClosing(long round) throws InterruptedException {
        Long next = closed.poll(60, TimeUnit.SECONDS);
        while (next != null && next != round) {
            next = closed.poll(60, TimeUnit.SECONDS);
        }
        assertThat(next).as("a round that was closed").isEqualTo(round);
    }

    /** Each round waits for an agent that says nothing, and is closed when two later ones have begun; another one tells how far it is. */
    void daysWithoutAPause(int days) throws Exception {
        for (int i = 0; i < 8 * days; i++) {
            clock.advance(Duration.ofHours(3));
            long round = timing.demandAt(clock.instant());
            pipeline.expect(round, Set.of(WIFI_A, SRV_A));
            append(round, false);
            append(round + 1, false);
            awaitClosing(round + 1);
        }
    }

    private void append(long round, boolean isBroken) {
        List<CompletableFuture<Long>> appended = new ArrayList<>();
        for (int i = 1; i <= BATCHES; i++) {
            sequence++;
            List<RoundSummary> summaries =
                    i == BATCHES ? List.of(summary(round, isBroken ? "dropped" : "")) : List.of();
            Batch batch = new Batch(new UUID(0, 5), sequence, "", observations(round, i), summaries, List.of());
            Evidence evidence = Evidence.x509(("certificate " + round).getBytes(StandardCharsets.UTF_8));
            appended.add(journal.append(journalled(WIFI_A, clock.instant(), batch), List.of(evidence)));
        }
        appended.forEach(CompletableFuture::join);
    }

    /** The first batch has the courier, another target and what they resolve to, which another resolver says every day. */
    private static List<Observation> observations(long round, int batch) {
        List<Observation> all = new ArrayList<>(IntStream.range(0, 10)
                .mapToObj(i -> observation(new TargetId("host" + batch + "-" + i + ":443"), round, 1))
                .toList());
        if (batch == 1) {
            all.add(resolved(COURIER, round));
            all.add(resolved(new TargetId("other:443"), round));
        }
        return all;
    }

    private static Observation resolved(TargetId target, long round) {
        Instant at = Instant.ofEpochMilli(round);
        Lookup lookup = new Lookup(
                "courier.example",
                "A",
                new Endpoint("10.0.0." + Duration.between(FIRST, at).toDays() % 200, 53),
                Transport.UDP,
                at,
                Duration.ofMillis(3),
                Failure.none(),
                0,
                false,
                List.of(),
                List.of(new Lookup.Answer("17.57.144.10", 60)),
                1);
        Observation plain = observation(target, round, 1);
        return new Observation(target, round, 1, at, plain.elapsed(), List.of(lookup), List.of(), Duration.ZERO);
    }

    /** Waits for what the judge's thread does on its own. */
    void await(String what, Callable<Boolean> holds) throws Exception {
        for (int i = 0; i < 6_000 && !holds.call(); i++) {
            Thread.sleep(10);
        }
        assertThat(holds.call()).as(what).isTrue();
    }

    Instant oldest() throws JournalException {
        return journal.tail(0, 1).get(0).record().receivedAt();
    }

    /** Records that retention looked at and left. */
    List<JournalEntry> left() throws JournalException {
        return journal.page(0, journal.deletedTo(), Integer.MAX_VALUE).entries();
    }

    /** A rebuild comes to the store that the next start begins with. */
    void assertRebuilt() throws Exception {
        Path made = folder.resolve("rebuilt.db");
        DatabaseFiles.delete(made);
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder));
        snapshot.replaceMissing(made);
        snapshot.forgetAlike(store);
        try (SqliteStore rebuilt = SqliteStore.open(made)) {
            assertThat(new Rebuild(journal, judges, timing, basis)
                            .run(rebuilt, store.closing(), (records, rounds) -> {})
                            .isWhole())
                    .isTrue();
        }
        try (StoreContent one = StoreContent.open(DataFolder.store(folder));
                StoreContent other = StoreContent.open(made)) {
            assertThat(other.tables()).isEqualTo(one.tables());
        }
        DatabaseFiles.delete(made);
    }
}
