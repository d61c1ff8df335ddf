package dev.plumbline.collector.journal;

import dev.plumbline.words.Bytes;

/**
 * A record as it will lie on the disk. To pack one takes longer than to write it: whoever appends does that, and the one thread that
 * writes for all does not wait for it. While it waits there it takes a fifth of the room.
 */
final class PackedRecord {
    private final JournalRecord heading;
    private final byte[] batch;
    private final long sum;

    PackedRecord(JournalRecord record) {
        this.heading = new JournalRecord(
                record.agent(),
                record.segment(),
                record.incarnation(),
                record.sequence(),
                record.receivedAt(),
                Bytes.EMPTY);
        this.batch = Packed.pack(record.batch().toArray());
        this.sum = Sums.of(record);
    }

    /** All but the batch. */
    JournalRecord heading() {
        return heading;
    }

    /** @see Packed */
    byte[] batch() {
        return batch;
    }

    /** Of what the record says, not of how it is packed. */
    long sum() {
        return sum;
    }
}
