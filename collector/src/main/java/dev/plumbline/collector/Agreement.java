package dev.plumbline.collector;

import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether the files of a data folder, and this host's clock, belong together. Each question throws a {@link ConfigException} with a
 * sentence that names the file and what would mend it where they do not.
 */
record Agreement(DataFolder data, SqliteJournal journal) {
    /** Later than that is no clock that was set a little back: it would take days of half speed to catch up. */
    private static final Duration MOST_AHEAD = Duration.ofDays(2);

    static SqliteJournal open(DataFolder data) throws ConfigException {
        try {
            return SqliteJournal.open(data.journal());
        } catch (JournalException e) {
            throw told(e);
        }
    }

    /** Of a store that is in use from now on. */
    void check(SqliteStore store) throws ConfigException {
        check(store.closing(), store.position());
    }

    /**
     * A store that knows more than its journal would pass over every new batch until the positions had caught up; and what stands
     * for records that are gone is in the store, or in the snapshot.
     */
    void check(long closing, long position) throws ConfigException {
        try {
            long lastClosing = journal.lastClosing();
            if (closing > lastClosing) {
                throw new ConfigException(List.of(data.journal() + ": ends at closing " + lastClosing + ", but "
                        + data.store() + " contains closing " + closing + putBackOrBegin()));
            }
            if (position > journal.end()) {
                throw new ConfigException(List.of(data.journal() + ": ends at position " + journal.end() + ", but "
                        + data.store() + " was judged up to " + position + putBackOrBegin()));
            }
            if (position < journal.deletedTo()) {
                throw new ConfigException(List.of(data.store() + ": was judged up to position " + position
                        + ", but records of " + data.journal() + " up to " + journal.deletedTo()
                        + " were deleted by its retention; "
                        + (Files.exists(data.snapshot())
                                ? "move it away: it is made anew from " + data.snapshot()
                                : "put back the store that belongs to it, or a backup")));
            }
        } catch (JournalException e) {
            throw told(e);
        }
    }

    /**
     * The latest time that stands in the journal. One that is days ahead of this host's clock was written by a wrong clock, or
     * this one is wrong: nobody can tell the two apart but who looks.
     */
    Instant latest(Clock clock) throws ConfigException {
        Instant now = clock.instant();
        Instant latest = Instant.EPOCH;
        try {
            for (JournalEntry entry : journal.tail(journal.end() - 1, 1)) {
                latest = entry.record().receivedAt();
            }
            for (Closing closing : journal.closings(journal.lastClosing() - 1, 1)) {
                latest = closing.closedAt().isAfter(latest) ? closing.closedAt() : latest;
            }
        } catch (JournalException e) {
            throw told(e);
        }
        if (latest.isAfter(now.plus(MOST_AHEAD))) {
            throw new ConfigException(
                    List.of(data.journal() + ": ends at " + latest + ", but this host's clock says " + now
                            + "; set the clock, or, when the journal was written by a clock that ran ahead, put back a backup"
                            + " of before or move journal and store away and begin anew"));
        }
        return latest;
    }

    /** The snapshot too, or the store would be made of it again. */
    private String putBackOrBegin() {
        return "; put back the journal that belongs to it, or move "
                + (Files.exists(data.snapshot()) ? "both and " + data.snapshot() : "both") + " away and begin anew";
    }

    private static ConfigException told(JournalException e) {
        return new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
}
