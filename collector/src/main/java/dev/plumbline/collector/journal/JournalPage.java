package dev.plumbline.collector.journal;

import java.util.List;

/**
 * What was read of a journal at once.
 *
 * @param entries those that are as they were written, oldest first
 * @param last position up to which was read, also where the last entries are damaged
 * @param isFull there may be more after it
 */
public record JournalPage(List<JournalEntry> entries, long last, boolean isFull) {
    public JournalPage {
        entries = List.copyOf(entries);
    }
}
