package dev.plumbline.agent.spool;

import dev.plumbline.words.Losses;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What the spool says of itself, changed with each of its transactions. Counts are observations.
 *
 * @param lastSequence the highest that was ever given to a batch
 * @param damaged in batches that were found damaged
 * @param unwritten never on disk
 * @param lost gone with files that were found damaged
 * @param damagedFiles how many those were
 */
record Ledger(
        UUID incarnation,
        long lastSequence,
        long spooled,
        long acked,
        long dropped,
        long refused,
        long damaged,
        long unwritten,
        long lost,
        long damagedFiles,
        SpoolTime time) {
    /** How a batch, or an observation of it, leaves the spool. */
    enum Exit {
        ACKED,
        DROPPED,
        REFUSED,
        DAMAGED
    }

    /** More batches than can vanish at once with a damaged log: sequences behind them were never used. */
    static final long LEAP = 1 << 20;

    private static final int LENGTH = 13 * Long.BYTES;

    Ledger {
        if (lastSequence < 0 || spooled - acked - dropped - refused - damaged < 0) {
            throw new IllegalArgumentException("spooled " + spooled + " is less than acked " + acked + " + dropped "
                    + dropped + " + refused " + refused + " + damaged " + damaged);
        }
    }

    /** @param before what was lost before this file was begun */
    static Ledger begin(UUID incarnation, Losses before, long nowMillis) {
        return new Ledger(
                incarnation,
                0,
                0,
                0,
                0,
                0,
                0,
                before.unwritten(),
                before.dropped() + before.refused() + before.damaged(),
                before.damagedFiles(),
                new SpoolTime(0, nowMillis));
    }

    long pending() {
        return spooled - acked - dropped - refused - damaged;
    }

    Ledger wrote(long sequence, int observations) {
        return new Ledger(
                incarnation,
                sequence,
                spooled + observations,
                acked,
                dropped,
                refused,
                damaged,
                unwritten,
                lost,
                damagedFiles,
                time);
    }

    Ledger left(Exit exit, long observations) {
        return new Ledger(
                incarnation,
                lastSequence,
                spooled,
                acked + (exit == Exit.ACKED ? observations : 0),
                dropped + (exit == Exit.DROPPED ? observations : 0),
                refused + (exit == Exit.REFUSED ? observations : 0),
                damaged + (exit == Exit.DAMAGED ? observations : 0),
                unwritten,
                lost,
                damagedFiles,
                time);
    }

    Ledger unwritten(long more) {
        return new Ledger(
                incarnation,
                lastSequence,
                spooled,
                acked,
                dropped,
                refused,
                damaged,
                unwritten + more,
                lost,
                damagedFiles,
                time);
    }

    Ledger at(long nowMillis) {
        return new Ledger(
                incarnation,
                lastSequence,
                spooled,
                acked,
                dropped,
                refused,
                damaged,
                unwritten,
                lost,
                damagedFiles,
                time.at(nowMillis));
    }

    /** Sequences up to this one are never given again. */
    Ledger past(long sequence) {
        return new Ledger(
                incarnation,
                Math.max(lastSequence, sequence),
                spooled,
                acked,
                dropped,
                refused,
                damaged,
                unwritten,
                lost,
                damagedFiles,
                time);
    }

    /**
     * What a file that was just opened says, beside the copy that was kept apart from it: batches that the copy knows and the
     * file does not are gone with a damaged log. The newest ones are, so those that still waited are among them.
     */
    Ledger reconciled(Optional<Ledger> copy) {
        Optional<Ledger> own = copy.filter(one -> one.incarnation.equals(incarnation));
        if (own.isEmpty()) {
            return past(lastSequence + LEAP);
        }
        Ledger kept = own.get();
        Ledger counted = unwritten(Math.max(0, kept.unwritten - unwritten));
        if (kept.spooled <= spooled) {
            return counted.past(kept.lastSequence);
        }
        return counted.past(kept.lastSequence + LEAP).lostWithLog(Math.min(kept.spooled - spooled, kept.pending()));
    }

    private Ledger lostWithLog(long observations) {
        return new Ledger(
                incarnation,
                lastSequence,
                spooled,
                acked,
                dropped,
                refused,
                damaged,
                unwritten,
                lost + observations,
                damagedFiles + 1,
                time);
    }

    /** Of this file and those before it; what waits is not lost. */
    Losses losses() {
        return new Losses(dropped, refused, unwritten, damaged + lost, damagedFiles);
    }

    /** Losses when this file is set aside: what waits in it goes with it. */
    Losses withoutFile() {
        return withoutFile(0);
    }

    /** @param untold observations in it that this does not know of */
    Losses withoutFile(long untold) {
        return new Losses(dropped, refused, unwritten, damaged + lost + pending() + untold, damagedFiles + 1);
    }

    SpoolCounts counts(long notYetCounted) {
        return new SpoolCounts(
                spooled, acked, dropped, refused, damaged, pending(), unwritten + notYetCounted, lost, damagedFiles);
    }

    /** With a checksum: SQLite has none, and a flipped bit in a sequence would lose batches without a word. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH + Integer.BYTES)
                .putLong(incarnation.getMostSignificantBits())
                .putLong(incarnation.getLeastSignificantBits())
                .putLong(lastSequence)
                .putLong(spooled)
                .putLong(acked)
                .putLong(dropped)
                .putLong(refused)
                .putLong(damaged)
                .putLong(unwritten)
                .putLong(lost)
                .putLong(damagedFiles)
                .putLong(time.millis())
                .putLong(time.wall());
        return bytes.putInt(checksum(bytes.array())).array();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, LENGTH);
        return (int) crc.getValue();
    }

    /** Empty when these are not the bytes of a ledger, as they were written. */
    static Optional<Ledger> ofBytes(byte[] content) {
        if (content.length != LENGTH + Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (bytes.getInt(LENGTH) != checksum(content)) {
            return Optional.empty();
        }
        return Optional.of(new Ledger(
                new UUID(bytes.getLong(), bytes.getLong()),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                new SpoolTime(bytes.getLong(), bytes.getLong())));
    }
}
