package dev.plumbline.collector.journal;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One batch as received; known by (agent, incarnation, sequence).
 *
 * @param agent the SPIFFE identity of the stream
 * @param segment the segment that the identity names
 * @param receivedAt the collector's clock, to the microsecond
 * @param batch message {@code plumbline.v1.Batch} without its evidence, which lies beside the journal
 */
public record JournalRecord(
        String agent, SegmentId segment, UUID incarnation, long sequence, Instant receivedAt, Bytes batch) {
    public JournalRecord {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequences start at 1, not " + sequence);
        }
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
