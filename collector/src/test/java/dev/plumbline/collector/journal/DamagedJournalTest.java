package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.HeardLog;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not as they were written, and files of other programs. */
final class DamagedJournalTest {
    private static final int RECORDS = 400;
    private static final int FLIPS = 300;
    private static final int PAGE_BYTES = 4096;
    private static final byte LEAF = 13;

    /** Its length and the kinds of eight columns. */
    private static final int BYTES_OF_HEADER = 9;

    /** Of {@link Samples#BASIS} at the epoch, as programs reckoned it that knew no editions. */
    private static final long SUM_WITHOUT_EDITION = 2_329_679_076L;

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

    /** Where it lies on a page of rows: the page from which it was moved may still hold it too. */
    private static int inForce(String content, byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(content);
        while (all[at - at % PAGE_BYTES] != LEAF) {
            at = text.indexOf(content, at + 1);
        }
        return at;
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

    private List<String> damaged(JournalHistory journal) {
        return journal.damaged().stream().map(Damage::sentence).toList();
    }

    @Test
    void aBitThatFlippedInOneOfTheLatestRecordsIsSeenAtTheStartAndTheOthersCount() throws Exception {
        flip("this is batch number 390.");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(damaged(journal)).containsExactly("record 390 of spiffe://a is not as it was written");
            assertThat(journal.tail(380, 20))
                    .extracting(JournalEntry::position)
                    .hasSize(19)
                    .doesNotContain(390L);
            assertThat(journal.append(record(RECORDS + 1), List.of()).join()).isGreaterThan(RECORDS);
        }
    }

    @Test
    void oneOfLongAgoIsPassedOverLoggedOnceAndShownAtEachLaterStart() throws Exception {
        flip("this is batch number 7.");
        String sentence = "record 7 of spiffe://a is not as it was written";
        try (HeardLog log = HeardLog.of(SqliteJournal.class)) {
            try (SqliteJournal journal = SqliteJournal.open(file)) {
                assertThat(journal.damaged()).as("nobody has read it yet").isEmpty();
                for (int i = 0; i < 2; i++) {
                    JournalPage page = journal.page(5, Long.MAX_VALUE, 3);
                    assertThat(page.entries())
                            .extracting(JournalEntry::position)
                            .containsExactly(6L, 8L);
                    assertThat(page.last()).isEqualTo(8);
                    assertThat(page.isFull()).isTrue();
                }
                assertThat(damaged(journal)).containsExactly(sentence);
            }
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR journal " + file + ": " + sentence + "; it is passed over, and all others count");
        }
        try (HeardLog log = HeardLog.of(SqliteJournal.class)) {
            try (SqliteJournal journal = SqliteJournal.open(file)) {
                assertThat(damaged(journal)).containsExactly(sentence);
                assertThat(journal.tail(0, RECORDS)).hasSize(RECORDS - 1);
            }
            assertThat(log.lines()).singleElement().asString().contains("an entry is damaged", sentence);
        }
        try (JournalReading reading = JournalReading.open(file)) {
            assertThat(reading.damaged()).isEmpty();
            reading.check();
            assertThat(damaged(reading)).containsExactly(sentence);
        }
    }

    @Test
    void anAgentThatCannotBeReadAnyMoreCannotWriteTheLogEither() {
        assertThat(new Damage("record 1", "spiffe://a\n\u001b[31m\u00e9").sentence())
                .isEqualTo("record 1 of spiffe://a??[31m? is not as it was written");
    }

    /** A page is what SQLite reads at once; a failing disk spoils no less. */
    @Test
    void ofAPageThatIsGoneTheOthersAreStillRead() throws Exception {
        lose("this is batch number 20.");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            List<JournalEntry> entries = new ArrayList<>();
            JournalPage read;
            long position = 0;
            do {
                read = journal.page(position, Long.MAX_VALUE, 64);
                position = read.last();
                entries.addAll(read.entries());
            } while (read.isFull());
            assertThat(position).isEqualTo(RECORDS);
            assertThat(entries)
                    .hasSizeBetween(RECORDS - 80, RECORDS - 10)
                    .allSatisfy(entry -> assertThat(entry.record()).isEqualTo(record((int) entry.position())));
            assertThat(entries.size() + journal.damaged().size()).isEqualTo(RECORDS);
            assertThat(damaged(journal)).contains("record 20 is not as it was written");
        }
    }

    /** Of a disk that fails, the pages that were written last are the first to go. */
    @Test
    void aPageAmongTheLatestThatIsGoneIsToldAndTheJournalGoesOn() throws Exception {
        lose("this is batch number 350.");
        int missing;
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            missing = journal.damaged().size();
            assertThat(missing).isBetween(10, 80);
            assertThat(damaged(journal)).contains("record 350 is not as it was written");
            assertThat(journal.append(record(RECORDS + 1), List.of()).join()).isEqualTo(RECORDS + 1);
            assertThat(journal.tail(RECORDS - 200, 300)).hasSize(201 - missing);
        }
        try (HeardLog log = HeardLog.of(SqliteJournal.class)) {
            try (SqliteJournal journal = SqliteJournal.open(file)) {
                assertThat(journal.damaged()).hasSize(missing);
            }
            assertThat(log.lines()).singleElement().asString().contains(missing + " entries are damaged");
        }
    }

    @Test
    void whereTheVeryEndIsGoneNothingCanBeAppendedAndTheStartIsRefused() throws Exception {
        lose("this is batch number " + RECORDS + ".");
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .isInstanceOf(JournalException.class)
                .hasMessage("journal " + file + " is damaged or no journal: restore it from a backup or move it away");
    }

    private void lose(String onThePage) throws Exception {
        byte[] all = Files.readAllBytes(file);
        int at = inForce(onThePage, all);
        int page = at - at % PAGE_BYTES;
        Arrays.fill(all, page, page + PAGE_BYTES, (byte) 0xff);
        Files.write(file, all);
    }

    /** A number that is too large would lead past all records between. */
    @ParameterizedTest
    @ValueSource(ints = {3, 100, 49, 51})
    void aRecordWhoseNumberFlippedHidesNoOther(int number) throws Exception {
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int agent = text.lastIndexOf("spiffe://a", inForce("this is batch number 50.", all));
        assertThat(all[agent - BYTES_OF_HEADER - 1]).as("its number").isEqualTo((byte) 50);
        all[agent - BYTES_OF_HEADER - 1] = (byte) number;
        Files.write(file, all);
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            for (int max : List.of(1, 2, 49, 50, 51, RECORDS)) {
                List<Long> sequences = new ArrayList<>();
                JournalPage page;
                long position = 0;
                do {
                    page = journal.page(position, Long.MAX_VALUE, max);
                    position = page.last();
                    page.entries().forEach(e -> sequences.add(e.record().sequence()));
                } while (page.isFull());
                if (max > 2) {
                    assertThat(sequences).contains(48L, 52L).hasSizeGreaterThanOrEqualTo(RECORDS - 2);
                }
                assertThat(position).isEqualTo(RECORDS);
            }
            assertThat(journal.damaged()).isNotEmpty();
        }
    }

    @Test
    void aClosingThatNobodyEnteredSoIsPassedOver() throws Exception {
        execute("UPDATE closing SET read_to = 3");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(damaged(journal)).containsExactly("closing 1 is not as it was written");
            assertThat(journal.closings(0, 9)).isEmpty();
            assertThat(journal.lastClosing()).isEqualTo(1);
            Closing next = journal.enterClosing(4_444, RECORDS, Instant.EPOCH).join();
            assertThat(journal.closings(0, 1)).containsExactly(next);
        }
    }

    @Test
    void aBeginningThatNobodyEnteredSoIsPassedOver() throws Exception {
        execute("UPDATE beginning SET applied = 1");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(damaged(journal)).containsExactly("beginning 1 is not as it was written");
            assertThat(journal.beginnings()).isEmpty();
        }
    }

    @Test
    void evidenceUnderAWrongNameIsNone() throws Exception {
        flip("a certificatea certificate");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.evidence(evidence.hash())).isEmpty();
            assertThat(damaged(journal)).containsExactly("evidence " + evidence.hash() + " is not as it was written");
        }
        try (JournalReading reading = JournalReading.open(file)) {
            reading.check();
            assertThat(damaged(reading)).containsExactly("evidence " + evidence.hash() + " is not as it was written");
        }
    }

    /** One bit anywhere: either the file is refused in a sentence, or what is not told as damaged is as it was. */
    @Test
    void noBitThatFlipsStopsTheReadingOrChangesARecord() throws Exception {
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(11);
        Map<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < FLIPS; i++) {
            byte[] all = sound.clone();
            all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, all);
            Files.deleteIfExists(file.resolveSibling("journal.db-wal"));
            ends.merge(readWhole(), 1, Integer::sum);
        }
        System.out.println(FLIPS + " flipped bits: " + ends);
        assertThat(ends.getOrDefault("all are there", 0) + ends.getOrDefault("told", 0))
                .as("the rest are bits of the file's own order, which SQLite refuses or cannot see")
                .isGreaterThan(FLIPS * 9 / 10);
    }

    private String readWhole() {
        List<JournalRecord> records = new ArrayList<>();
        List<Damage> damaged;
        try (JournalReading journal = JournalReading.open(file)) {
            JournalPage page;
            long position = 0;
            int pages = 0;
            do {
                page = journal.page(position, Long.MAX_VALUE, 64);
                assertThat(page.last()).isGreaterThanOrEqualTo(position);
                position = page.last();
                page.entries().forEach(e -> records.add(e.record()));
                assertThat(++pages).as("it ends").isLessThan(10 * RECORDS);
            } while (page.isFull());
            damaged = journal.damaged();
        } catch (JournalException e) {
            assertThat(e).hasMessageContaining("journal " + file);
            return "refused";
        }
        assertThat(records).allSatisfy(r -> assertThat(r).isEqualTo(record((int) r.sequence())));
        assertThat(records).doesNotHaveDuplicates();
        return records.size() == RECORDS ? "all are there" : damaged.isEmpty() ? "missing" : "told";
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
                .hasMessage("journal " + file + ": was written by a newer program (schema 99, this one knows 7);"
                        + " run that program, or restore a backup of this one's");
        assertThatThrownBy(() -> JournalReading.open(file).close()).hasMessageContaining("schema 99");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"edition = 'ht210060-2022'", "edition = ''", "patience_millis = 0", "patience_millis = 660001"})
    void aBeginningSaysWhatItWasHeldToAndThatTooIsHeldToItsSum(String changed) throws Exception {
        Basis basis = new Basis("1.1", Samples.BASIS.configuration(), "plumbline-2026", Duration.ofMinutes(11));
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.enterBeginning(1, Instant.EPOCH, basis).join();
            assertThat(journal.beginnings()).extracting(Beginning::basis).containsExactly(Samples.BASIS, basis);
        }
        execute("UPDATE beginning SET " + changed + " WHERE id = 2");
        try (JournalReading journal = JournalReading.open(file)) {
            assertThat(journal.beginnings()).extracting(Beginning::basis).containsExactly(Samples.BASIS);
        }
    }

    /** As programs wrote it before they said which edition was in force. */
    @Test
    void aFileWithoutEditionsIsReadAndGoesOn() throws Exception {
        execute("DELETE FROM beginning");
        execute("INSERT INTO beginning(id, applied, begun_micros, program, configuration, crc32c, edition)"
                + " VALUES (1, 0, 0, '1.0', x'" + Samples.BASIS.configuration().hex() + "', " + SUM_WITHOUT_EDITION
                + ", '')");
        execute("ALTER TABLE beginning DROP COLUMN edition");
        execute("ALTER TABLE beginning DROP COLUMN patience_millis");
        execute("DROP TABLE flyway_schema_history");
        execute("PRAGMA user_version = 4");
        try (JournalReading old = JournalReading.open(file)) {
            assertThat(old.beginnings()).extracting(Beginning::basis).containsExactly(Samples.BASIS);
            assertThat(old.damaged()).isEmpty();
        }
        Basis later = new Basis("1.0", Samples.BASIS.configuration(), "plumbline-2026");
        assertThat(later.decidesLike(Samples.BASIS)).isTrue();
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.enterBeginning(1, Instant.EPOCH, later).join();
            assertThat(journal.beginnings()).extracting(Beginning::basis).containsExactly(Samples.BASIS, later);
            assertThat(journal.damaged()).isEmpty();
        }
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
            assertThat(old.damaged()).isEmpty();
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
            assertThat(version.getInt(1)).isEqualTo(7);
        }
    }
}
