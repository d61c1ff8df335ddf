package dev.plumbline.collector;

import dev.plumbline.collector.http.Readiness;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether journal and store can be used: read now, and written when something was last to be. Anybody may ask, so the files are not
 * asked each time. */
final class StorageInUse implements Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(StorageInUse.class);
    private static final long GOOD_FOR_NANOS = Duration.ofSeconds(1).toNanos();

    private final Journal journal;
    private final Store store;

    // Guarded by this.
    private Optional<String> known = Optional.empty();
    private Journal.Counts counts;
    private boolean isWritten = true;
    private long lookedAt;
    private boolean wasLookedAt;

    StorageInUse(Journal journal, Store store) {
        this.journal = journal;
        this.store = store;
        this.counts = journal.counts();
    }

    @Override
    public synchronized Optional<String> problem() {
        long now = System.nanoTime();
        if (!wasLookedAt || now - lookedAt >= GOOD_FOR_NANOS) {
            Optional<String> before = known;
            known = look();
            lookedAt = now;
            wasLookedAt = true;
            if (before.isPresent() != known.isPresent()) {
                LOG.warn("readiness: {}", known.orElse("store and journal can be used again"));
            }
        }
        return known;
    }

    private Optional<String> look() {
        try {
            journal.lastClosing();
        } catch (JournalException e) {
            return Optional.of("the journal cannot be read; the collector's log says more");
        }
        try {
            store.position();
        } catch (StoreException e) {
            return Optional.of("the store cannot be read; the collector's log says more");
        }
        Journal.Counts now = journal.counts();
        if (now.failed() > counts.failed()) {
            isWritten = false;
        } else if (now.journalled() > counts.journalled()) {
            isWritten = true;
        }
        counts = now;
        return isWritten
                ? Optional.empty()
                : Optional.of("the journal could not be written the last time; the collector's log says more");
    }
}
