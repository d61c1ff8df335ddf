package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJournalTest {
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);

    @TempDir
    Path folder;

    private SqliteJournal journal;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
    }

    @AfterEach
    void everyReceivedRecordIsAccountedFor() {
        journal.close();
        Journal.Counts counts = journal.counts();
        assertThat(counts.received()).isEqualTo(counts.duplicate() + counts.journalled() + counts.failed());
    }

    @Test
    void aRecordComesBackAsItWasAfterReopening() throws Exception {
        JournalRecord record = record("a", FIRST, 7);
        long position = append(record);
        journal.close();
        open();
        assertThat(journal.end()).isEqualTo(position);
        assertThat(journal.tail(0, 10)).containsExactly(new JournalEntry(position, record));
        assertThat(journal.tail(position, 10)).isEmpty();
    }

    @Test
    void theLogBesideTheFileGivesItsRoomBack() throws Exception {
        Path log = folder.resolve("journal.db-wal");
        byte[] large = new byte[24 << 20];
        // Nothing that can be packed.
        new Random(1).nextBytes(large);
        append(new JournalRecord("a", new SegmentId("wifi"), FIRST, 1, Instant.ofEpochSecond(9), Bytes.of(large)));
        assertThat(Files.size(log)).isGreaterThan(24 << 20);
        append(record("a", FIRST, 2));
        assertThat(Files.size(log)).isLessThanOrEqualTo(1 << 24);
    }

    @Test
    void aLargeBatchComesBackAsItWasAndLiesPacked() throws Exception {
        byte[] alike = "17.57.144.4 answered as ever; ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        JournalRecord record =
                new JournalRecord("a", new SegmentId("wifi"), FIRST, 1, Instant.ofEpochSecond(9), Bytes.of(alike));
        long position = append(record);
        assertThat(journal.tail(0, 10)).containsExactly(new JournalEntry(position, record));
        journal.close();
        assertThat(Files.size(folder.resolve("journal.db"))).isLessThan(alike.length / 5);
        open();
        assertThat(journal.tail(0, 10)).containsExactly(new JournalEntry(position, record));
    }

    @Test
    void aDuplicateGetsTheFirstPositionAndChangesNothing() throws Exception {
        long position = append(record("a", FIRST, 1));
        JournalRecord again = new JournalRecord(
                "a", new SegmentId("wifi"), FIRST, 1, Instant.ofEpochSecond(99), Bytes.of(new byte[] {9}));
        assertThat(append(again)).isEqualTo(position);
        assertThat(journal.tail(0, 10)).containsExactly(new JournalEntry(position, record("a", FIRST, 1)));
        assertThat(journal.counts()).isEqualTo(new Journal.Counts(2, 1, 1, 0));
    }

    @Test
    void theSameSequenceOfAnotherIncarnationOrAgentIsNoDuplicate() throws Exception {
        append(record("a", FIRST, 1));
        append(record("a", SECOND, 1));
        append(record("b", FIRST, 1));
        assertThat(journal.counts()).isEqualTo(new Journal.Counts(3, 0, 3, 0));
    }

    @Test
    void manyWritersWithDuplicatesAreAllJournalledOnce() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        CompletableFuture<Void> allWait = new CompletableFuture<>();
        // The writer stands still after its first commit: what then waits together depends on no scheduler.
        journal.listen(p -> {
            commits.incrementAndGet();
            allWait.join();
        });
        Random random = new Random(1);
        Map<JournalRecord, CompletableFuture<Long>> first = new HashMap<>();
        List<CompletableFuture<Long>> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            JournalRecord record = record("agent" + random.nextInt(5), FIRST, 1 + random.nextInt(300));
            CompletableFuture<Long> done = journal.append(record, List.of());
            CompletableFuture<Long> original = first.putIfAbsent(record, done);
            all.add(done);
            all.add(original == null ? done : original);
        }
        allWait.complete(null);
        CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
        for (int i = 0; i < all.size(); i += 2) {
            assertThat(all.get(i).get()).isEqualTo(all.get(i + 1).get());
        }
        assertThat(journal.counts()).isEqualTo(new Journal.Counts(3_000, 3_000 - first.size(), first.size(), 0));
        assertThat(journal.tail(0, 10_000)).hasSize(first.size());
        assertThat(commits.get()).as("group commit").isLessThan(10);
    }

    @Test
    void evidenceIsKeptOnceByItsHash() throws Exception {
        Evidence evidence = Evidence.x509("certificate".getBytes(StandardCharsets.UTF_8));
        journal.append(record("a", FIRST, 1), List.of(evidence)).get(60, TimeUnit.SECONDS);
        journal.append(record("a", FIRST, 2), List.of(evidence)).get(60, TimeUnit.SECONDS);
        assertThat(journal.evidence(evidence.hash())).contains(evidence);
        assertThat(journal.evidence(Sha256.of(new byte[] {1}))).isEmpty();
    }

    @Test
    void whoWaitsIsWokenByTheNextRecordAndListenersAreTold() throws Exception {
        AtomicLong told = new AtomicLong();
        journal.listen(told::set);
        assertThat(journal.await(0, Duration.ofMillis(5))).isFalse();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return journal.await(0, Duration.ofSeconds(60));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        long position = append(record("a", FIRST, 1));
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
        journal.close();
        assertThat(told.get()).isEqualTo(position);
    }

    @Test
    void whatWasAppendedBeforeClosingIsWritten() throws Exception {
        List<CompletableFuture<Long>> all = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            all.add(journal.append(record("a", FIRST, i), List.of()));
        }
        journal.close();
        assertThat(all).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
        assertThat(journal.append(record("a", FIRST, 999), List.of())).isCompletedExceptionally();
    }

    @Test
    void aDamagedFileIsNamedInOneSentence() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.db"), "this is no database ".repeat(200));
        JournalException e = catchThrowableOfType(JournalException.class, () -> SqliteJournal.open(damaged));
        assertThat(e)
                .hasMessage(
                        "journal " + damaged + " is damaged or no journal: restore it from a backup or move it away");
    }

    @Test
    void aDatabaseOfSomebodyElseIsLeftAlone() throws Exception {
        Path other = folder.resolve("other.db");
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + other);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE x(y)");
        }
        assertThatThrownBy(() -> SqliteJournal.open(other)).isInstanceOf(JournalException.class);
    }

    @Test
    void aMissingFolderIsNamedInOneSentence() {
        Path file = folder.resolve("none").resolve("journal.db");
        JournalException e = catchThrowableOfType(JournalException.class, () -> SqliteJournal.open(file));
        assertThat(e)
                .hasMessage("journal " + file + " cannot be opened: make the folder " + folder.resolve("none")
                        + " and let this user write it");
    }

    private long append(JournalRecord record) throws Exception {
        return journal.append(record, List.of()).get(60, TimeUnit.SECONDS);
    }

    private static JournalRecord record(String agent, UUID incarnation, long sequence) {
        return new JournalRecord(
                agent,
                new SegmentId("wifi"),
                incarnation,
                sequence,
                Instant.ofEpochSecond(1_700_000_000, 123_456_000),
                Bytes.of(("batch " + agent + sequence).getBytes(StandardCharsets.UTF_8)));
    }
}
