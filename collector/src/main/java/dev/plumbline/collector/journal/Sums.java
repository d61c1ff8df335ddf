package dev.plumbline.collector.journal;

import dev.plumbline.words.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32C;

/**
 * CRC-32C (RFC 3720 appendix B.4) of what an entry says. SQLite keeps none: without it a bit that flips on the disk is never
 * seen.
 */
final class Sums {
    private final CRC32C sum = new CRC32C();

    private Sums() {}

    static long of(JournalRecord record) {
        return new Sums()
                .add(record.agent())
                .add(record.segment().value())
                .add(Columns.bytes(record.incarnation()))
                .add(record.sequence())
                .add(record.receivedAt())
                .add(record.batch().toArray())
                .value();
    }

    /** Without its id, which is not known when it is written. */
    static long of(Closing closing) {
        return new Sums()
                .add(closing.round())
                .add(closing.readTo())
                .add(closing.closedAt())
                .value();
    }

    /** Without its id. */
    static long of(Beginning beginning) {
        Sha256 configuration = beginning.basis().configuration();
        Sums sums = new Sums()
                .add(beginning.applied())
                .add(beginning.begunAt())
                .add(beginning.basis().program())
                .add(configuration.bytes());
        // What an older program wrote has no edition or no patience, and its sum not even the length of one.
        String edition = beginning.basis().edition();
        if (!edition.isEmpty()) {
            sums.add(edition);
        }
        long patience = beginning.basis().patience().toMillis();
        if (patience != 0) {
            sums.add(patience);
        }
        return sums.value();
    }

    private Sums add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    private Sums add(Instant at) {
        return add(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    private Sums add(long number) {
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    /** The length too, or what moves from one field to the next would not be seen. */
    private Sums add(byte[] bytes) {
        add(bytes.length);
        sum.update(bytes);
        return this;
    }

    private long value() {
        return sum.getValue();
    }
}
