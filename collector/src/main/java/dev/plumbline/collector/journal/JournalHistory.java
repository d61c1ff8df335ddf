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
    List<JournalEntry> tail(long afterPosition, int max) throws JournalException;

    /** The evidence of this hash, when some batch brought it. */
    Optional<Evidence> evidence(Sha256 hash) throws JournalException;

    /** The highest durable position, 0 when the journal is empty. */
    long end();
}
