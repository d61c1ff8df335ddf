package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits of a packed record that flip on the disk. */
final class DamagedPackedTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final int LAST = 3;

    @TempDir
    Path folder;

    private static JournalRecord record(int sequence) {
        String batch = ("batch " + sequence + ": 17.57.144.4 answered, ").repeat(20);
        return new JournalRecord(
                "spiffe://a",
                WIFI,
                new UUID(1, 1),
                sequence,
                Instant.EPOCH,
                Bytes.of(batch.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachBitIsToldOrChangesNothing() throws Exception {
        Path file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            for (int sequence = 1; sequence <= LAST; sequence++) {
                journal.append(record(sequence), List.of()).join();
            }
        }
        byte[] sound = Files.readAllBytes(file);
        byte[] packed = Packed.pack(record(2).batch().toArray());
        assertThat(packed.length).isLessThan(record(2).batch().size() / 4);
        int place =
                new String(sound, StandardCharsets.ISO_8859_1).indexOf(new String(packed, StandardCharsets.ISO_8859_1));
        assertThat(place).as("lies in the file as it was packed").isPositive();
        int told = 0;
        for (int bit = 0; bit < packed.length * 8; bit++) {
            byte[] damaged = sound.clone();
            damaged[place + bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);
            try (JournalReading journal = JournalReading.open(file)) {
                List<JournalEntry> entries = journal.page(0, Long.MAX_VALUE, 10).entries();
                assertThat(entries).extracting(JournalEntry::record).contains(record(1), record(LAST));
                if (entries.size() == LAST) {
                    assertThat(entries.get(1).record()).as("bit " + bit).isEqualTo(record(2));
                } else {
                    assertThat(journal.damaged()).extracting(Damage::entry).containsExactly("record 2");
                    told++;
                }
            }
        }
        assertThat(told).as("of " + packed.length * 8).isGreaterThan(packed.length * 7);
    }

    @Test
    void whatAProgramWithoutPackingWroteIsReadThoughItBeginsLikeAPackedOne() throws Exception {
        Path file = folder.resolve("journal.db");
        JournalRecord plain = new JournalRecord(
                "spiffe://a",
                WIFI,
                new UUID(1, 1),
                1,
                Instant.EPOCH,
                Bytes.of("x as before".getBytes(StandardCharsets.UTF_8)));
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.append(plain, List.of()).join();
        }
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var update = connection.prepareStatement("UPDATE record SET batch = ?")) {
            update.setBytes(1, plain.batch().toArray());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.page(0, Long.MAX_VALUE, 10).entries())
                    .singleElement()
                    .extracting(JournalEntry::record)
                    .isEqualTo(plain);
            assertThat(journal.damaged()).isEmpty();
        }
    }
}
