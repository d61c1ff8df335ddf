package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** The append-only log of batches, with the evidence they cite beside it. All methods may be called from any thread. */
public interface Journal extends AutoCloseable {
    /**
     * Writes a record and its evidence.
     *
     * @return the record's position once it is durable; that of the first one, and nothing changed, when a record of the same
     *     agent, incarnation and sequence is there; fails with a {@link JournalException} when the file cannot be written
     */
    CompletableFuture<Long> append(JournalRecord record, List<Evidence> evidence);

    /**
     * Durable entries after a position, oldest first.
     *
     * @param afterPosition 0 to begin at the beginning
     */
    List<JournalEntry> tail(long afterPosition, int max) throws JournalException;

    /** The evidence of this hash, when some batch brought it. */
    Optional<Evidence> evidence(Sha256 hash) throws JournalException;

    /** The highest durable position, 0 when the journal is empty. */
    long end();

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
