package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * The append-only log of batches, with the evidence they cite beside it, and of what was decided on them. All methods may be
 * called from any thread.
 */
public interface Journal extends JournalHistory, AutoCloseable {
    /**
     * Writes a record and its evidence.
     *
     * @return the record's position once it is durable; that of the first one, and nothing changed, when a record of the same
     *     agent, incarnation and sequence is there; fails with a {@link JournalException} when the file cannot be written
     */
    CompletableFuture<Long> append(JournalRecord record, List<Evidence> evidence);

    /**
     * Enters that a round is closed.
     *
     * @return the closing with its id once it is durable; fails with a {@link JournalException} when the file cannot be
     *     written
     */
    CompletableFuture<Closing> enterClosing(long round, long readTo, Instant closedAt);

    /** Enters that the judge begins anew; the same as {@link #enterClosing} otherwise. */
    CompletableFuture<Beginning> enterBeginning(long applied, Instant begunAt, Basis basis);

    /**
     * Deletes some of the records up to a position, oldest first, and gives their room back to the disk. From the first call on
     * {@link #deletedTo} names that position: whoever has not read so far finds no beginning any more. Evidence stays.
     *
     * @param after records up to here were looked at before
     * @param cited records that were received then stay
     * @param max records looked at, which bounds for how long nothing else is written
     * @return what was done once it is durable; fails as {@link #append} does, and nothing else with it; {@link #deletedTo} names
     *     the position then too, where it could be written
     */
    CompletableFuture<Deletion> delete(long after, long upTo, List<Span> cited, int max);

    /**
     * Waits until there is an entry after a position.
     *
     * @return false when the time passed or the journal was closed first
     */
    boolean await(long afterPosition, Duration atMost) throws InterruptedException;

    /** Tells the highest position after each commit, on the writing thread: a listener must be quick and must not throw. */
    void listen(LongConsumer listener);

    Counts counts();

    /** Writes what was appended before, then closes the file. */
    @Override
    void close();

    /**
     * Records since opening.
     *
     * @param received records whose append has ended
     */
    record Counts(long received, long duplicate, long journalled, long failed) {
        public Counts {
            if (received != duplicate + journalled + failed) {
                throw new IllegalArgumentException("received " + received + " is not duplicate " + duplicate
                        + " + journalled " + journalled + " + failed " + failed);
            }
        }
    }
}
