package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.backup.Backup;
import dev.plumbline.collector.backup.BackupException;
import dev.plumbline.collector.backup.Restore;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.TargetId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weeks of a collector that deletes, over real files. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RetentionTest {
    private static final RetentionPolicy POLICY = new RetentionPolicy(Duration.ofDays(10), Duration.ofDays(20));

    @TempDir
    Path parent;

    private AgeingFolder folder;

    @BeforeEach
    void open() throws Exception {
        folder = new AgeingFolder(Files.createDirectory(parent.resolve("data")), POLICY);
    }

    @AfterEach
    void close() throws Exception {
        folder.close();
    }

    /** Ten days, a tenth of them, and some hours since the last look. */
    private boolean isShortened() throws JournalException {
        return folder.oldest().isAfter(folder.clock.instant().minus(Duration.ofHours(24 * 11 + 12)));
    }

    private void awaitShortened() throws Exception {
        folder.await("what is too old is deleted", this::isShortened);
    }

    private long bytesOfJournal() throws Exception {
        return Files.size(DataFolder.journal(folder.folder()));
    }

    @Test
    void weeksOfItKeepTheFileSmallAndTheSnapshotWithTheTailIsTheStore() throws Exception {
        Set<Long> deletedTo = new TreeSet<>();
        List<Long> bytes = new ArrayList<>();
        for (int week = 1; week <= 8; week++) {
            for (int day = 1; day <= 7; day++) {
                folder.day(day == 2);
            }
            if (week >= 2) {
                awaitShortened();
            }
            deletedTo.add(folder.journal.deletedTo());
            folder.endJudging();
            folder.assertRebuilt();
            folder.close();
            bytes.add(bytesOfJournal());
            folder.restart(POLICY);
        }
        assertThat(deletedTo).as("turns, seen each week").hasSizeGreaterThan(4);
        assertThat(bytes.get(7)).as("bytes after each week: %s", bytes).isLessThan(bytes.get(1) * 13 / 10);
        assertThat(folder.store.keptFrom())
                .isBetween(
                        folder.clock.instant().minus(Duration.ofDays(24)),
                        folder.clock.instant().minus(Duration.ofDays(20)));
        assertThat(folder.store.incidents())
                .as("history that was over before is gone")
                .isNotEmpty()
                .noneMatch(i -> i.closedAt().orElseThrow().isBefore(folder.store.keptFrom()));
        assertThat(folder.store.runs(WIFI_A, COURIER))
                .hasSizeBetween(20, 26)
                .noneMatch(r -> r.last().isBefore(folder.store.keptFrom()));
        String first = "certificate " + AgeingFolder.TIMING.demandAt(AgeingFolder.FIRST.plus(Duration.ofHours(3)));
        assertThat(folder.journal.evidence(
                        Evidence.x509(first.getBytes(StandardCharsets.UTF_8)).hash()))
                .as("evidence outlives the batches")
                .isPresent();
    }

    @Test
    void theDiskGetsItsRoomBack() throws Exception {
        folder.restart(RetentionPolicy.FOR_EVER);
        folder.days(40, false);
        assertThat(folder.oldest()).isEqualTo(AgeingFolder.FIRST.plus(Duration.ofHours(3)));
        folder.close();
        long before = bytesOfJournal();
        folder.restart(POLICY);
        awaitShortened();
        folder.close();
        assertThat(bytesOfJournal()).as("of %s", before).isLessThan(before / 2);
        folder.restart(POLICY);
        folder.day(false);
        folder.endJudging();
        folder.assertRebuilt();
    }

    @Test
    void aFileOfAnOlderProgramGivesItsRoomBackToo() throws Exception {
        folder.restart(RetentionPolicy.FOR_EVER);
        folder.days(2, false);
        List<?> entries = folder.journal.tail(0, Integer.MAX_VALUE);
        folder.close();
        assertThat(told("PRAGMA auto_vacuum = NONE", "VACUUM", "PRAGMA auto_vacuum"))
                .isEqualTo(0);
        folder.restart(RetentionPolicy.FOR_EVER);
        assertThat(told("PRAGMA auto_vacuum")).isEqualTo(2);
        assertThat(folder.journal.tail(0, Integer.MAX_VALUE)).hasSize(160).isEqualTo(entries);
    }

    /** What the last of these says. */
    private int told(String... statements) throws Exception {
        int told = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.journal(folder.folder()));
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                if (statement.execute(one)) {
                    try (ResultSet row = statement.getResultSet()) {
                        told = row.next() ? row.getInt(1) : 0;
                    }
                }
            }
        }
        return told;
    }

    @Test
    void whatAnOpenFindingCitesIsKeptHoweverOldItIs() throws Exception {
        folder.days(5, false);
        Instant opened = folder.clock.instant().plus(Duration.ofHours(3));
        folder.days(40, true);
        awaitOnlyCited(opened);
        assertThat(folder.store.openIncidents()).extracting(Incident::openedAt).containsExactly(opened);
        assertThat(folder.left())
                .extracting(e -> e.record().receivedAt())
                .as("the round that opened it, whole")
                .filteredOn(opened::equals)
                .hasSize(AgeingFolder.BATCHES);
        assertThat(folder.store.runs(WIFI_A, COURIER).get(0).last())
                .as("runs of its target since it was confirmed")
                .isBetween(opened.minus(Duration.ofDays(1)), opened);
        assertThat(folder.store.runs(WIFI_A, new TargetId("other:443")).get(0).last())
                .as("runs of a target that no finding is about")
                .isAfterOrEqualTo(folder.store.keptFrom());
        assertThat(folder.store.keptFrom()).isAfter(opened.plus(Duration.ofDays(15)));
        folder.endJudging();
        folder.assertRebuilt();

        folder.restart(POLICY);
        folder.days(2, false);
        assertThat(folder.store.openIncidents()).isEmpty();
        folder.days(4, false);
        folder.await("it is closed, and no reason any more", () -> folder.left().isEmpty());
        awaitShortened();
        folder.endJudging();
        folder.assertRebuilt();
        assertThat(folder.store.incidents())
                .as("closed ones are kept for the history's time")
                .hasSize(1);
    }

    /** Some hours around the opening, and what is not old enough yet. */
    private void awaitOnlyCited(Instant opened) throws Exception {
        folder.await("what it does not cite is deleted", () -> {
            List<Instant> left =
                    folder.left().stream().map(e -> e.record().receivedAt()).toList();
            return !left.isEmpty()
                    && left.stream()
                            .allMatch(t -> Duration.between(opened, t).abs().toHours() <= 13)
                    && folder.journal
                            .tail(folder.journal.deletedTo(), 1)
                            .get(0)
                            .record()
                            .receivedAt()
                            .isAfter(folder.clock.instant().minus(Duration.ofHours(24 * 11 + 12)));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "copy,         1",
        "put in place, 1",
        "forget,       1",
        "delete,       1",
        "delete,       2",
        "copy,         2",
        "forget,       2",
    })
    void whereverItIsKilledTheStoreIsWholeAndTheNextStartBringsItToItsEnd(String step, int times) throws Exception {
        folder.killBefore(step, times);
        for (int day = 1; day <= 40 && folder.image().isEmpty(); day++) {
            folder.day(day % 5 == 3);
        }
        assertThat(folder.image()).as("it was killed").isPresent();
        Path image = folder.image().get();
        folder.revive();
        folder.restartIn(image, RetentionPolicy.FOR_EVER);
        folder.endJudging();
        folder.assertRebuilt();
        assertThat(folder.store.position()).isGreaterThanOrEqualTo(folder.journal.deletedTo());
        folder.restart(POLICY);
        folder.days(3, true);
        // Of the day at which it was killed the rounds that came later are lost, and their time does not count.
        folder.await(
                "it goes on to delete",
                () -> folder.oldest().isAfter(folder.clock.instant().minus(Duration.ofHours(24 * 12 + 12))));
        folder.endJudging();
        folder.assertRebuilt();
        assertThat(folder.journal.deletedTo()).isPositive();
    }

    @Test
    void whereRoundsFollowWithoutAPauseTheJudgeBeginsAnewBetweenThem() throws Exception {
        RoundTiming patient = new RoundTiming(Duration.ofHours(3), Duration.ofHours(4), Duration.ofSeconds(4), 1);
        folder.close();
        folder = new AgeingFolder(
                Files.createDirectory(parent.resolve("patient")),
                POLICY,
                patient,
                evidence -> new AgeingFolder.RememberingJudge(),
                Samples.BASIS);
        folder.daysWithoutAPause(14);
        awaitShortened();
        folder.endJudging();
        folder.assertRebuilt();
    }

    @Test
    void aClockThatLeapsAheadMakesNothingOld() throws Exception {
        folder.days(9, false);
        folder.clock.advance(Duration.ofDays(500));
        try (HeardLog log = HeardLog.of(Retention.class)) {
            folder.days(1, false);
            folder.await("it has looked", () -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("499 days in which no round was closed do not count");
        }
        assertThat(folder.journal.deletedTo()).isZero();
        assertThat(folder.oldest()).isEqualTo(AgeingFolder.FIRST.plus(Duration.ofHours(3)));
        folder.days(6, false);
        folder.await(
                "days later what came before the leap is deleted, day by day",
                () -> folder.oldest().isAfter(AgeingFolder.FIRST.plus(Duration.ofDays(4))));
        assertThat(folder.oldest()).isBefore(AgeingFolder.FIRST.plus(Duration.ofDays(7)));
        assertThat(folder.store.runs(WIFI_A, COURIER)).as("the history too").hasSizeGreaterThanOrEqualTo(16);
        folder.endJudging();
        folder.assertRebuilt();
    }

    @Test
    void aBackupHasWhatARebuildNeeds() throws Exception {
        folder.days(14, false);
        awaitShortened();
        folder.day(true);
        Path backup = parent.resolve("backup");
        Backup.make(folder.folder(), backup, "1.0", folder.clock.instant());
        folder.days(2, false);
        Path restored = Files.createDirectory(parent.resolve("restored"));
        Restore.of(backup).into(restored, false, folder.clock.instant());
        folder.restartIn(restored, POLICY);
        long before = folder.journal.deletedTo();
        assertThat(before).isPositive();
        folder.days(4, false);
        folder.await("it goes on", () -> folder.journal.deletedTo() > before);
        folder.endJudging();
        folder.assertRebuilt();
    }

    @Test
    void theCommandsFindTheSameRowsBesideTheCollectorAndWithoutIt() throws Exception {
        Path yaml = parent.resolve("collector.yaml");
        Files.writeString(yaml, """
                identity: {certificate: collector.pem, key: collector.key, trust: ca.pem}
                data: own
                rounds: {every: 3h, grace: 20s}
                site: {id: campus, domain: campus.example, segments: [{id: wifi, kind: wifi}]}
                """);
        Judging judging = Judging.of(CollectorConfig.read(yaml));
        assertThat(judging.config().timing()).isEqualTo(AgeingFolder.TIMING);
        folder.close();
        folder = new AgeingFolder(
                Files.createDirectory(parent.resolve("own")), POLICY, AgeingFolder.TIMING, judging, judging.basis());
        folder.days(13, false);
        folder.await("it deletes", () -> folder.journal.deletedTo() > 0);
        assertThat(CollectorMain.commandLine().execute("rebuild", "--verify", "--config", yaml.toString()))
                .isZero();
        folder.day(false);
        folder.close();
        assertThat(CollectorMain.commandLine().execute("rebuild", "--config", yaml.toString()))
                .isZero();
        assertThat(CollectorMain.commandLine().execute("rebuild", "--verify", "--config", yaml.toString()))
                .isZero();
        Files.delete(DataFolder.snapshot(folder.folder()));
        assertThat(CollectorMain.commandLine().execute("rebuild", "--config", yaml.toString()))
                .as("nothing stands for what is gone")
                .isEqualTo(CollectorMain.INTERNAL);
    }

    @Test
    void aSnapshotThatWasLostIsMadeAnew() throws Exception {
        folder.days(14, false);
        awaitShortened();
        Path snapshot = DataFolder.snapshot(folder.folder());
        folder.close();
        Files.delete(snapshot);
        folder.restart(POLICY);
        folder.day(false);
        folder.await("there is one again", () -> Files.exists(snapshot));
        folder.day(false);
        folder.endJudging();
        folder.assertRebuilt();
    }

    @Test
    void aDamagedPartHoldsUpNeitherAgentsNorTheJudge() throws Exception {
        folder.days(9, false);
        folder.close();
        spoilOldPages();
        try (HeardLog log = HeardLog.of(Retention.class)) {
            folder.restart(POLICY);
            folder.days(6, false);
            folder.await("it says that it cannot", () -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .first()
                    .asString()
                    .startsWith("WARN retention: deletes nothing now and tries again in 6 h")
                    .contains("damaged");
        }
        folder.days(1, true);
        assertThat(folder.journal.beginnings())
                .as("two starts, and one for each tenth of the policy since the eleventh day")
                .hasSizeBetween(3, 2 + 5);
        assertThat(folder.journal.deletedTo()).isPositive();
        assertThat(folder.store.openIncidents()).hasSize(1);
        assertThat(folder.journal.counts().failed()).isZero();
        folder.endJudging();
        folder.assertRebuilt();
    }

    /** The first leaf pages of the table of records, which are its oldest. */
    private void spoilOldPages() throws Exception {
        Path file = DataFolder.journal(folder.folder());
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int leaves = 0;
        for (int page = 4096; page < all.length && leaves < 5; page += 4096) {
            if (all[page] == 13 && text.substring(page, page + 4096).contains("campus.example")) {
                leaves++;
                Arrays.fill(all, page, page + 4096, (byte) 0xff);
            }
        }
        assertThat(leaves).isEqualTo(5);
        Files.write(file, all);
    }

    @Test
    void closingsThatAreNotAsTheyWereWrittenDeleteNothing() throws Exception {
        folder.restart(RetentionPolicy.FOR_EVER);
        folder.days(16, false);
        folder.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.journal(folder.folder()));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE closing SET read_to = 1000000 WHERE id < 60"))
                    .isEqualTo(59);
        }
        folder.restart(POLICY);
        folder.day(false);
        folder.days(1, false);
        assertThat(folder.journal.deletedTo()).isZero();
    }

    @Test
    void aStoreOfBeforeTheDeletedPartIsRefused() throws Exception {
        folder.day(false);
        folder.endJudging();
        Path early = parent.resolve("early.db");
        DatabaseCopy.make(DataFolder.store(folder.folder()), early);
        folder.restart(POLICY);
        folder.days(14, false);
        awaitShortened();
        folder.endJudging();
        try (SqliteStore old = SqliteStore.open(early)) {
            assertThatThrownBy(() -> new Rebuild(
                                    folder.journal,
                                    evidence -> {
                                        throw new AssertionError("nothing is to be judged");
                                    },
                                    AgeingFolder.TIMING,
                                    Samples.BASIS)
                            .run(old, folder.journal.lastClosing(), (records, rounds) -> {}))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("were deleted by its retention")
                    .hasMessageContaining("put back snapshot.db of a backup");
            try (DataFolder data = DataFolder.take(folder.folder())) {
                new Agreement(data, folder.journal).check(folder.store);
                assertThatThrownBy(() -> new Agreement(data, folder.journal).check(old))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("move it away: it is made anew from " + data.snapshot());
            }
        }
        folder.close();
        DatabaseFiles.move(early, DataFolder.store(folder.folder()));
        assertThatThrownBy(() -> Backup.make(folder.folder(), parent.resolve("backup"), "1.0", folder.clock.instant()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("snapshot.db and store.db do not belong together");
        assertThat(parent.resolve("backup")).doesNotExist();
        DatabaseFiles.delete(DataFolder.store(folder.folder()));
        folder.restart(POLICY);
        assertThat(folder.store.position())
                .as("it began at the snapshot")
                .isGreaterThanOrEqualTo(folder.journal.deletedTo());
        folder.day(false);
        folder.endJudging();
        folder.assertRebuilt();
    }
}
