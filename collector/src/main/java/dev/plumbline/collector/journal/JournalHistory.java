package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.util.List;
import java.util.Optional;

/** What lies in a journal, for whoever only reads it. */
public interface JournalHistory {
    /**
     * Durable entries after a position, oldest first.
     *
     * @param afterPosition 0 to begin at the beginning
     */
    default List<JournalEntry> tail(long afterPosition, int max) throws JournalException {
        return tail(afterPosition, Long.MAX_VALUE, max);
    }

    /** The same, and none after another position. */
    List<JournalEntry> tail(long afterPosition, long upTo, int max) throws JournalException;

    /** The evidence of this hash, when some batch brought it. */
    default Optional<Evidence> evidence(Sha256 hash) throws JournalException {
        return evidence(hash, Long.MAX_VALUE);
    }

    /** The evidence of this hash, when some batch up to a position brought it. */
    Optional<Evidence> evidence(Sha256 hash, long upTo) throws JournalException;

    /**
     * Durable closings after one, oldest first.
     *
     * @param afterId 0 to begin at the beginning
     */
    List<Closing> closings(long afterId, int max) throws JournalException;

    /** Id of the latest durable closing, 0 when there is none. */
    long lastClosing() throws JournalException;

    /** All of them, oldest first. */
    List<Beginning> beginnings() throws JournalException;

    /** The highest durable position, 0 when the journal is empty. */
    long end();
}
