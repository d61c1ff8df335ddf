package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.BASIS;
import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that was filled by a program that entered no closings in the journal. */
final class SnapshotTest {
    private static final UUID INCARNATION = new UUID(4, 4);

    @TempDir
    Path folder;

    static void fillAsOlderProgramsDid(Path folder) throws Exception {
        long round = T0.toEpochMilli();
        try (SqliteStore store = SqliteStore.open(DataFolder.store(folder))) {
            store.apply(new RoundChange(
                    verdict(
                            round,
                            Set.of(WIFI),
                            List.of(cell(WIFI, COURIER, State.BLOCKED, round)),
                            List.of(),
                            List.of()),
                    List.of(new Incident("i1", drop(WIFI), T0, Optional.empty(), round)),
                    List.of(),
                    List.of(),
                    new ClosedRound(round, T0, 1, 1),
                    0,
                    0,
                    0));
        }
    }

    /** As the collector does when it starts. */
    private void start() throws Exception {
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder));
        snapshot.replaceMissing(DataFolder.store(folder));
        try (SqliteStore store = SqliteStore.open(DataFolder.store(folder))) {
            snapshot.keepWhatNoClosingTells(store, DataFolder.store(folder));
        }
    }

    private void judge(long sequence, String unfit) throws Exception {
        try (JudgedFolder judged = new JudgedFolder(folder, evidence -> new UnfitJudge(), BASIS)) {
            long round = JudgedFolder.TIMING.demandAt(Instant.now().plusSeconds(sequence));
            judged.append(SRV_A, INCARNATION, sequence, round, unfit).join();
            assertThat(judged.closes(round)).isTrue();
            judged.append(WIFI_A, INCARNATION, sequence, round + 1, unfit).join();
            assertThat(judged.closes(round + 1)).isTrue();
        }
    }

    private void assertRebuilt() throws Exception {
        Path made = Files.createTempFile(folder, "made", ".db");
        Files.delete(made);
        new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder)).replaceMissing(made);
        try (JournalReading journal = JournalReading.open(DataFolder.journal(folder));
                SqliteStore store = SqliteStore.open(made)) {
            assertThat(store.incidents())
                    .as("where it begins")
                    .extracting(Incident::id)
                    .containsExactly("i1");
            assertThat(new Rebuild(journal, evidence -> new UnfitJudge(), JudgedFolder.TIMING, BASIS)
                            .run(store, journal.lastClosing(), (records, rounds) -> {})
                            .isWhole())
                    .isTrue();
        }
        try (StoreContent one = StoreContent.open(DataFolder.store(folder));
                StoreContent other = StoreContent.open(made)) {
            assertThat(other.tables()).isEqualTo(one.tables());
        }
    }

    @Test
    void aRebuildBeginsAtWhatTheOlderProgramLeft() throws Exception {
        fillAsOlderProgramsDid(folder);
        start();
        judge(1, "dropped");
        start();
        judge(2, "");
        assertRebuilt();
    }

    @Test
    void aStoreThatIsGoneIsMadeAnewFromThereToo() throws Exception {
        fillAsOlderProgramsDid(folder);
        start();
        judge(1, "dropped");
        Files.delete(DataFolder.store(folder));
        Files.writeString(folder.resolve("store.db-wal"), "what is left of the old one");
        start();
        judge(2, "");
        try (SqliteStore store = SqliteStore.open(DataFolder.store(folder));
                JournalReading journal = JournalReading.open(DataFolder.journal(folder))) {
            assertThat(store.closing()).isEqualTo(journal.lastClosing()).isEqualTo(4);
            assertThat(store.incidents())
                    .extracting(Incident::id)
                    .contains("i1")
                    .hasSize(2);
        }
        assertRebuilt();
    }

    /** After a loss of power the log beside the store may be gone, since nobody waited for it. */
    @Test
    void theStoreIsNotBehindASnapshotThatWasMadeOfIt() throws Exception {
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder));
        try (SqliteStore store = SqliteStore.open(DataFolder.store(folder))) {
            store.pass(7);
            snapshot.prepare(Instant.EPOCH);
            Path alone = Files.copy(DataFolder.store(folder), folder.resolve("alone.db"));
            snapshot.putInPlace();
            assertThat(SqliteStore.closingOf(alone))
                    .isEqualTo(SqliteStore.closingOf(DataFolder.snapshot(folder)))
                    .isEqualTo(7);
        }
    }

    /** A table of the store is gone, so that its copy cannot be shortened. */
    @Test
    void whatCannotBeMadeLeavesNothingOnAFullDisk() throws Exception {
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder));
        Path next = folder.resolve("snapshot.db.next");
        SqliteStore.open(DataFolder.store(folder)).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.store(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE incident");
        }
        assertThatThrownBy(() -> snapshot.prepare(T0))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(next + ": cannot be made");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(n -> n.contains(".next"));
        }
    }

    @Test
    void whatAKillLeftOfOneIsDeletedByTheNextStart() throws Exception {
        for (String left : List.of("snapshot.db.next", "snapshot.db.next-wal", "snapshot.db.next.unfinished")) {
            Files.writeString(folder.resolve(left), "half of it");
        }
        new Snapshot(DataFolder.snapshot(folder), DataFolder.store(folder)).discard();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aStoreWhoseClosingsAreAllTheJournalsNeedsNone() throws Exception {
        start();
        judge(1, "");
        start();
        assertThat(DataFolder.snapshot(folder)).doesNotExist();
    }
}
