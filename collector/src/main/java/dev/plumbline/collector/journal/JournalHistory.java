package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What lies in a journal, for whoever only reads it. */
public interface JournalHistory {
    /**
     * Durable entries after a position, oldest first. Damaged ones are passed over and told by {@link #damaged}.
     *
     * @param afterPosition 0 to begin at the beginning
     * @param upTo none after this position
     * @param max entries looked at, damaged ones included
     */
    JournalPage page(long afterPosition, long upTo, int max) throws JournalException;

    /**
     * Durable entries of one segment after a position and up to another, oldest first. Damaged ones are passed over.
     *
     * @param upTo the more lie between the two, the longer others wait who read or write
     */
    List<JournalEntry> ofSegment(SegmentId segment, long afterPosition, long upTo) throws JournalException;

    /** The position before that of the first entry that was received then or later; {@link #end} where none was. */
    long before(Instant time) throws JournalException;

    /** The sound entries of a page. */
    default List<JournalEntry> tail(long afterPosition, int max) throws JournalException {
        return page(afterPosition, Long.MAX_VALUE, max).entries();
    }

    /** The evidence of this hash, when some batch brought it. */
    default Optional<Evidence> evidence(Sha256 hash) throws JournalException {
        return evidence(hash, Long.MAX_VALUE);
    }

    /** The evidence of this hash, when some batch up to a position brought it and it is as it was brought. */
    Optional<Evidence> evidence(Sha256 hash, long upTo) throws JournalException;

    /**
     * Durable closings after one, oldest first. Damaged ones are passed over.
     *
     * @param afterId 0 to begin at the beginning
     */
    List<Closing> closings(long afterId, int max) throws JournalException;

    /**
     * Durable closings before one, the latest first. Damaged ones are passed over.
     *
     * @param beforeId {@link Long#MAX_VALUE} to begin at the end
     */
    List<Closing> closingsBefore(long beforeId, int max) throws JournalException;

    /** Id of the latest durable closing, 0 when there is none. */
    long lastClosing() throws JournalException;

    /** All that are not damaged, oldest first. */
    List<Beginning> beginnings() throws JournalException;

    /** The highest durable position, 0 when the journal is empty. */
    long end();

    /** Position up to which records may be gone by policy, 0 where none are: a snapshot of the store stands for them. */
    long deletedTo() throws JournalException;

    /** What was met so far that is not as it was written. */
    List<Damage> damaged();
}
