package dev.plumbline.collector.journal;

/**
 * A record as it will lie on the disk. To pack one takes longer than to write it: whoever appends does that, and the one thread that
 * writes for all does not wait for it.
 */
final class PackedRecord {
    private final JournalRecord record;
    private final byte[] batch;
    private final long sum;

    PackedRecord(JournalRecord record) {
        this.record = record;
        this.batch = Packed.pack(record.batch().toArray());
        this.sum = Sums.of(record);
    }

    JournalRecord record() {
        return record;
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
