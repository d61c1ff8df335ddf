package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.Samples;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not as they were written, and files of other programs. */
final class DamagedJournalTest {
    private static final int RECORDS = 400;

    @TempDir
    Path folder;

    private Path file;
    private Evidence evidence;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("journal.db");
        evidence = Evidence.x509("a certificate".repeat(20).getBytes(StandardCharsets.UTF_8));
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            for (int i = 1; i <= RECORDS; i++) {
                journal.append(record(i), i == 1 ? List.of(evidence) : List.of());
            }
            journal.enterBeginning(0, Instant.EPOCH, Samples.BASIS).join();
            journal.enterClosing(3_333, RECORDS, Instant.EPOCH).join();
        }
    }

    private static JournalRecord record(int sequence) {
        return new JournalRecord(
                "spiffe://a",
                new SegmentId("wifi"),
                new UUID(1, 1),
                sequence,
                Instant.EPOCH,
                Bytes.of(("this is batch number " + sequence + ".").getBytes(StandardCharsets.UTF_8)));
    }

    /** Wherever it lies: pages keep what was moved to others. */
    private void flip(String content) throws Exception {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(content);
        byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(content); at >= 0; at = text.indexOf(content, at + 1)) {
            all[at] ^= 1;
        }
        Files.write(file, all);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void aTruncatedFileIsRefused() throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .isInstanceOf(JournalException.class)
                .hasMessage("journal " + file + " is damaged or no journal: restore it from a backup or move it away");
    }

    @Test
    void aBitThatFlippedInARecordIsSeenAtTheStart() throws Exception {
        flip("this is batch number 390.");
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .isInstanceOf(JournalException.class)
                .hasMessage("journal " + file
                        + " is damaged: record 390 is not as it was written; restore it from a backup");
    }

    @Test
    void oneOfLongAgoIsSeenWhenItIsRead() throws Exception {
        flip("this is batch number 7.");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.tail(0, 6)).hasSize(6);
            assertThatThrownBy(() -> journal.tail(6, 6)).hasMessageContaining("record 7 is not as it was written");
        }
        try (JournalReading reading = JournalReading.open(file)) {
            assertThatThrownBy(reading::check).hasMessageContaining("record 7 is not as it was written");
        }
    }

    @Test
    void aClosingThatNobodyEnteredSoIsRefused() throws Exception {
        execute("UPDATE closing SET read_to = 3");
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .hasMessageContaining("closing 1 is not as it was written");
    }

    @Test
    void aBeginningThatNobodyEnteredSoIsRefused() throws Exception {
        execute("UPDATE beginning SET applied = 1");
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .hasMessageContaining("beginning 1 is not as it was written");
    }

    @Test
    void evidenceUnderAWrongNameIsRefused() throws Exception {
        flip("a certificatea certificate");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThatThrownBy(() -> journal.evidence(evidence.hash()))
                    .hasMessageContaining("evidence " + evidence.hash() + " is not as it was written");
        }
    }

    @Test
    void evidenceIsKnownFromTheRecordOnThatBroughtIt() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.evidence(evidence.hash(), 0)).isEmpty();
            assertThat(journal.evidence(evidence.hash(), 1)).contains(evidence);
        }
    }

    @Test
    void aFileOfANewerProgramIsRefused() throws Exception {
        execute("PRAGMA user_version = 99");
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .isInstanceOf(JournalException.class)
                .hasMessage("journal " + file + ": was written by a newer program (schema 99, this one knows 2);"
                        + " run that program, or restore a backup of this one's");
        assertThatThrownBy(() -> JournalReading.open(file).close()).hasMessageContaining("schema 99");
    }

    /** As programs wrote it before closings were entered. */
    @Test
    void aFileOfTheFirstVersionGoesOn() throws Exception {
        Files.delete(file);
        execute("PRAGMA application_id=" + 0x504c4a31);
        execute("""
                CREATE TABLE record(
                  position INTEGER PRIMARY KEY AUTOINCREMENT,
                  agent TEXT NOT NULL,
                  segment TEXT NOT NULL,
                  incarnation BLOB NOT NULL,
                  sequence INTEGER NOT NULL,
                  received_micros INTEGER NOT NULL,
                  batch BLOB NOT NULL,
                  UNIQUE(agent, incarnation, sequence));
                CREATE TABLE evidence(
                  sha256 BLOB PRIMARY KEY,
                  kind TEXT NOT NULL,
                  content BLOB NOT NULL) WITHOUT ROWID""");
        execute("INSERT INTO record VALUES (1, 'spiffe://a', 'wifi', x'00000000000000010000000000000001', 1, 0,"
                + " CAST('this is batch number 1.' AS BLOB))");
        try (JournalReading old = JournalReading.open(file)) {
            old.check();
            assertThat(old.tail(0, 9)).containsExactly(new JournalEntry(1, record(1)));
            assertThat(old.evidence(evidence.hash())).isEmpty();
            assertThat(old.lastClosing()).isZero();
        }
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.append(record(1), List.of()).join())
                    .as("no news")
                    .isEqualTo(1);
            long next = journal.append(record(2), List.of()).join();
            assertThat(journal.tail(0, 9))
                    .containsExactly(new JournalEntry(1, record(1)), new JournalEntry(next, record(2)));
            assertThat(journal.enterClosing(1, 2, Instant.EPOCH).join().id()).isEqualTo(1);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            assertThat(version.getInt(1)).isEqualTo(2);
        }
    }
}
