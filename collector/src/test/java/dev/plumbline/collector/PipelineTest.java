package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.journal.Damage;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.TtlRange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the journal to the store, with a judge that finds a drop wherever an unfit summary says so. */
final class PipelineTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofHours(1), Duration.ofSeconds(20), Duration.ofSeconds(4), 1);

    @TempDir
    Path folder;

    private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> failed = new LinkedBlockingQueue<>();
    private SqliteJournal journal;
    private SqliteStore store;
    private Pipeline pipeline;
    private UnfitJudge judge = new UnfitJudge();
    private final ConnectedAgents connected = new ConnectedAgents();
    private long sequence;

    @BeforeEach
    void start() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        store = SqliteStore.open(folder.resolve("store.db"));
        pipeline = begun(store);
    }

    private void begin() {
        begin(store);
    }

    private void begin(Store over) {
        pipeline = begun(over);
    }

    private Pipeline begun(Store over) {
        judge = new UnfitJudge();
        Pipeline begun =
                new Pipeline(journal, evidence -> judge, over, Samples.BASIS, connected, TIMING, Clock.systemUTC());
        RoundListener listener = new RoundListener() {
            @Override
            public void closed(long round, Optional<RoundVerdict> verdict) {
                closed.add(round);
            }

            @Override
            public void failed(long round) {
                failed.add(round);
            }
        };
        begun.listen(listener);
        begun.start();
        return begun;
    }

    @AfterEach
    void stop() throws Exception {
        pipeline.close();
        store.close();
        journal.close();
    }

    private void journal(AgentId agent, long round, boolean isWhole, String unfit) {
        sequence++;
        journal(
                agent,
                new Batch(
                        new UUID(0, 7),
                        sequence,
                        "",
                        List.of(observation(COURIER, round, 1)),
                        isWhole ? List.of(summary(round, unfit)) : List.of(),
                        List.of()));
    }

    private void journal(AgentId agent, Batch batch) {
        journal.append(journalled(agent, Instant.now(), batch), List.of()).join();
    }

    private long awaitClosed() throws InterruptedException {
        Long round = closed.poll(60, TimeUnit.SECONDS);
        assertThat(round).as("a round closes within a minute").isNotNull();
        return round;
    }

    private static long now() {
        return TIMING.demandAt(Instant.now());
    }

    @Test
    void aRoundIsClosedWrittenAndToldWhenEverybodyIsIn() throws Exception {
        long round = now();
        pipeline.expect(round, Set.of(WIFI_A, SRV_A));
        journal(WIFI_A, round, true, "dropped");
        journal(SRV_A, round, true, "");
        assertThat(awaitClosed()).isEqualTo(round);
        assertThat(store.openIncidents())
                .extracting(i -> i.finding().place().word())
                .containsExactly("wifi");
        assertThat(store.latestRounds()).containsOnlyKeys(WIFI, SRV);
        assertThat(store.runs(WIFI_A, COURIER)).hasSize(1);
        assertThat(store.reports()).hasSize(2);
    }

    @Test
    void anIncidentClosesWhenALaterRoundNoLongerShowsIt() throws Exception {
        long first = now();
        journal(WIFI_A, first, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(first);
        long second = first + 1;
        journal(WIFI_A, second, true, "");
        assertThat(awaitClosed()).isEqualTo(second);
        assertThat(store.openIncidents()).isEmpty();
        assertThat(store.incidents()).hasSize(1);
    }

    @Test
    void aCauseThatComesBackIsTheSameIncident() throws Exception {
        long first = now();
        for (String unfit : List.of("dropped", "", "dropped")) {
            journal(WIFI_A, first + sequence, true, unfit);
            awaitClosed();
        }
        assertThat(store.incidents()).singleElement().satisfies(i -> {
            assertThat(i.isOpen()).isTrue();
            assertThat(i.reopened()).isEqualTo(1);
            assertThat(i.history().changes())
                    .extracting(Change::kind)
                    .containsExactly(Change.Kind.OPENED, Change.Kind.CLOSED, Change.Kind.REOPENED);
        });
    }

    @Test
    void lateFactsOfAnOlderRoundAreANoteInTheHistory() throws Exception {
        long older = now();
        journal(WIFI_A, older, true, "");
        assertThat(awaitClosed()).isEqualTo(older);
        long newer = older + 5;
        journal(WIFI_A, newer, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(newer);
        journal(WIFI_A, older, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(older);
        assertThat(store.incidents()).singleElement().satisfies(i -> {
            assertThat(i.isOpen()).isTrue();
            assertThat(i.round()).isEqualTo(newer);
            assertThat(i.history().changes())
                    .extracting(Change::kind)
                    .containsExactly(Change.Kind.OPENED, Change.Kind.ANNOTATED);
            assertThat(i.history().changes().get(1).said()).contains("judged again on late facts");
        });
        journal(WIFI_A, older, true, "");
        assertThat(awaitClosed()).isEqualTo(older);
        assertThat(store.openIncidents()).as("a later round holds it open").hasSize(1);
    }

    @Test
    void theUnfinishedRoundIsReadAgainAfterARestart() throws Exception {
        connected.become(WIFI_A, SRV_A);
        long round = now();
        journal(WIFI_A, round, true, "dropped");
        pipeline.close();
        assertThat(store.position()).isZero();
        begin();
        journal(SRV_A, round, true, "");
        assertThat(awaitClosed()).isEqualTo(round);
        assertThat(store.latestRounds()).containsOnlyKeys(WIFI, SRV);
        assertThat(store.openIncidents()).hasSize(1);
    }

    @Test
    void anOpenRoundOlderThanEveryClosedOneIsJudgedAfterARestart() throws Exception {
        long older = now();
        pipeline.expect(older, Set.of(WIFI_A, SRV_A));
        journal(WIFI_A, older, true, "dropped");
        for (int i = 1; i <= 6; i++) {
            journal(WIFI_A, older + i, true, "");
            assertThat(awaitClosed()).isEqualTo(older + i);
        }
        pipeline.close();
        connected.become(WIFI_A, SRV_A);
        begin();
        journal(SRV_A, older, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(older);
        assertThat(store.latestRounds()).containsEntry(SRV, older).containsEntry(WIFI, older + 6);
        assertThat(store.openIncidents())
                .extracting(i -> i.finding().place().word())
                .containsExactly("srv");
        pipeline.close();
        assertRebuilt();
    }

    private void assertRebuilt() throws Exception {
        Path made = folder.resolve("rebuilt.db");
        try (SqliteStore rebuilt = SqliteStore.open(made)) {
            assertThat(new Rebuild(journal, evidence -> new UnfitJudge(), TIMING, Samples.BASIS)
                            .run(rebuilt, journal.lastClosing(), (records, rounds) -> {})
                            .isWhole())
                    .isTrue();
        }
        try (StoreContent one = StoreContent.open(folder.resolve("store.db"));
                StoreContent other = StoreContent.open(made)) {
            assertThat(other.tables()).isEqualTo(one.tables());
        }
    }

    private void execute(String file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute(sql);
        }
    }

    @Test
    void aRecordThatWasDamagedIsPassedOverWhenItIsReadAgain() throws Exception {
        connected.become(WIFI_A, SRV_A);
        long round = now();
        journal(WIFI_A, round, true, "dropped");
        journal(SRV_A, round + 1, true, "dropped");
        pipeline.close();
        execute("journal.db", "UPDATE record SET batch = x'00' || batch WHERE position = 1");
        connected.become();
        begin();
        assertThat(awaitClosed()).isEqualTo(round + 1);
        journal(SRV_A, round + 2, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(round + 2);
        assertThat(journal.damaged())
                .containsExactly(new Damage("record 1", "spiffe://campus.example/site/campus/segment/wifi/agent/a"));
        pipeline.close();
        assertRebuilt();
    }

    /** The store's file refuses every write, as on a full disk; the journal's does not. */
    @Test
    void judgingThatWaitsIsSaidOnceWithoutAStackAndSoIsItsEnd() throws Exception {
        pipeline.close();
        AtomicInteger tries = new AtomicInteger();
        SqliteStore real = store;
        Store counted = (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("apply")) {
                        tries.incrementAndGet();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                });
        execute(
                "store.db",
                "CREATE TRIGGER full BEFORE UPDATE ON judge BEGIN"
                        + " SELECT RAISE(ABORT, 'database or disk is full'); END");
        try (HeardLog log = HeardLog.of(Pipeline.class)) {
            begin(counted);
            long round = now();
            journal(WIFI_A, round, true, "dropped");
            for (int i = 0; i < 12_000 && tries.get() < 4; i++) {
                Thread.sleep(5);
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .satisfies(line -> assertThat(line)
                            .startsWith("ERROR judging waits: " + folder.resolve("store.db"))
                            .contains("database or disk is full")
                            .doesNotContain("with a stack"));
            assertThat(journal.lastClosing()).as("what was decided stands once").isEqualTo(1);
            execute("store.db", "DROP TRIGGER full");
            assertThat(awaitClosed()).isEqualTo(round);
            pipeline.close();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(1)).matches("WARN judging goes on, after \\d+ s");
        }
        assertThat(store.openIncidents()).hasSize(1);
    }

    @Test
    void lateFactsJudgeTheirRoundAgainAlsoAfterARestart() throws Exception {
        long round = now();
        journal(WIFI_A, round, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(round);
        Incident before = store.openIncidents().get(0);
        pipeline.close();
        begin();
        journal(SRV_A, round, true, "dropped");
        assertThat(awaitClosed()).isEqualTo(round);
        assertThat(store.openIncidents()).hasSize(2).contains(before);
        assertThat(store.runs(WIFI_A, COURIER).get(0).count()).isEqualTo(1);
    }

    @Test
    void anOlderRoundThatClosesLaterLeavesTheNewerWordAlone() throws Exception {
        long older = now();
        long newer = older + 5;
        pipeline.expect(older, Set.of(WIFI_A, SRV_A));
        journal(WIFI_A, older, true, "dropped");
        journal(WIFI_A, newer, true, "");
        assertThat(awaitClosed()).isEqualTo(newer);
        journal(SRV_A, older, true, "");
        assertThat(awaitClosed()).isEqualTo(older);
        assertThat(store.openIncidents()).isEmpty();
        assertThat(store.latestRounds().get(WIFI)).isEqualTo(newer);
        assertThat(store.latestRounds().get(SRV)).isEqualTo(older);
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOver() throws Exception {
        journal.append(
                        new JournalRecord(
                                "spiffe://campus.example/site/campus/segment/wifi/agent/a",
                                WIFI,
                                new UUID(0, 9),
                                1,
                                Instant.now(),
                                Bytes.of(new byte[] {(byte) 0xff, 1, 2, 3})),
                        List.of())
                .join();
        long round = now();
        journal(WIFI_A, round, true, "");
        assertThat(awaitClosed()).isEqualTo(round);
    }

    @Test
    void holdsBelongToNoRoundAndReachTheJudge() throws Exception {
        Hold hold = new Hold(
                COURIER,
                HoldPeer.COURIER,
                "1-courier.push.apple.com",
                Endpoint.NONE,
                new Endpoint("17.57.144.10", 5223),
                Instant.EPOCH,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                HoldEnd.SILENT_AFTER_WRITE,
                HoldEnd.SILENT_AFTER_WRITE.number(),
                false,
                TtlRange.ANY,
                "");
        sequence++;
        journal(WIFI_A, new Batch(new UUID(0, 7), sequence, "", List.of(), List.of(), List.of(), List.of(hold)));
        long round = now();
        journal(WIFI_A, round, true, "");
        assertThat(awaitClosed()).isEqualTo(round);
        assertThat(judge.holds()).containsExactly(Map.entry(WIFI_A, hold));
    }

    @Test
    void aJudgeThatFailsOnOneRoundJudgesTheNext() throws Exception {
        long round = now();
        journal(WIFI_A, round, true, "bug");
        assertThat(failed.poll(60, TimeUnit.SECONDS))
                .as("nobody takes it for a verdict")
                .isEqualTo(round);
        assertThat(Optional.ofNullable(store.latestRounds().get(WIFI))).isEmpty();
        journal(WIFI_A, round + 1, true, "");
        assertThat(awaitClosed()).isEqualTo(round + 1);
        assertThat(store.latestRounds()).containsEntry(WIFI, round + 1);
    }
}
