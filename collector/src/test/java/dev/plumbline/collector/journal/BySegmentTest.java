package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal tells of one segment and some time. */
final class BySegmentTest {
    private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private static JournalRecord record(String segment, int number) {
        return new JournalRecord(
                "spiffe://campus.example/site/campus/segment/" + segment + "/agent/a",
                new SegmentId(segment),
                new UUID(1, segment.hashCode()),
                number,
                T0.plusSeconds(number),
                Bytes.of(new byte[] {(byte) number}));
    }

    @Test
    void entriesOfASegmentLieBetweenThePositionsOfTwoTimes() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
            assertThat(journal.before(T0)).isZero();
            for (int i = 1; i <= 20; i++) {
                journal.append(record(i % 2 == 0 ? "wifi" : "srv", i), List.of())
                        .get();
            }
            long from = journal.before(T0.plusSeconds(5));
            long to = journal.before(T0.plusSeconds(11));
            assertThat(journal.ofSegment(new SegmentId("wifi"), from, to))
                    .extracting(e -> e.record().sequence())
                    .containsExactly(6L, 8L, 10L);
            assertThat(journal.before(T0.minusSeconds(9))).isZero();
            assertThat(journal.before(T0.plusSeconds(99))).isEqualTo(journal.end());
            assertThat(journal.ofSegment(new SegmentId("guest"), 0, journal.end()))
                    .isEmpty();
            assertThat(journal.ofSegment(new SegmentId("srv"), 0, journal.end()))
                    .hasSize(10);
        }
    }
}
