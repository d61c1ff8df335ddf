package dev.plumbline.collector;

import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.journal.Beginning;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.collector.projection.FormerJudges;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.collector.projection.Projection;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.projection.Stretch;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is brought to its end at a start, before a judge begins, as {@code plumbline-collector rebuild} would: each stretch of the
 * journal by the site that was declared then.
 *
 * @param config as it is written
 */
record Recovery(DataFolder data, CollectorConfig config) {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    /**
     * Makes a store that is missing. Does nothing where one is there, or where the journal has no closing. Interrupted at any point
     * it has done nothing.
     *
     * @throws ConfigException when it cannot be made, with a sentence
     * @throws NotNowException when its disk cannot take it
     */
    void makeMissing(JournalHistory journal) throws ConfigException {
        Path store = data.store();
        try {
            if (Files.exists(store) || journal.lastClosing() == 0) {
                return;
            }
            LOG.warn("{} is missing and is made anew from the journal first", store);
            Path made = store.resolveSibling("store.db.rebuilding");
            DatabaseFiles.delete(made);
            make(journal, made);
            DatabaseCopy.settle(made);
            // The log of a store that is gone is none of this one's.
            DatabaseFiles.delete(store);
            Files.move(made, store, StandardCopyOption.ATOMIC_MOVE);
            DatabaseCopy.flush(data.folder());
        } catch (JournalException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        } catch (IOException | SQLException | StoreException e) {
            throw new NotNowException(
                    store + ": is missing and cannot be made anew from the journal (" + e.getMessage()
                            + "); make room on its disk, or put back a backup",
                    e);
        }
    }

    /**
     * A judge that begins closes what is out of its sight, and says first in the journal that it begins: where the process ended
     * between the two, that is done now as it was said. Doing it again changes nothing. Only the latest can have been left undone;
     * and where it is not known what that judge had in sight, the next one closes what itself has not, at its own time.
     *
     * @throws ConfigException when it cannot be done, with a sentence
     * @throws NotNowException when the store cannot be written
     */
    void finish(JournalHistory journal, Store store) throws ConfigException {
        try {
            List<SegmentChange> changes = EnrolmentFile.segmentChanges(data.enrolments());
            Judging judging = Judging.of(config.under(config.written().after(changes)));
            finish(journal, store, judging, new FormerSites(config, judging, changes));
        } catch (JournalException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            throw new NotNowException(
                    data.store() + ": what was decided cannot be written (" + e.getMessage()
                            + "); make room on its disk",
                    e);
        }
    }

    /** The same with the judges of today's configuration, and those of before. */
    static void finish(JournalHistory journal, Store store, Judging judging, FormerJudges former)
            throws JournalException {
        long closing = store.closing();
        Optional<Beginning> latest = journal.beginnings().stream()
                .filter(b -> b.applied() == closing)
                .reduce((earlier, later) -> later);
        if (latest.isPresent()) {
            judges(latest.get(), judging, former)
                    .ifPresent(judges -> new Projection(
                                    journal, judges, store, judging.config().timing())
                            .begin(latest.get().begunAt()));
        }
    }

    private static Optional<Judges> judges(Beginning beginning, Judging judging, FormerJudges former) {
        return beginning.basis().decidesLike(judging.basis())
                ? Optional.of(judging)
                : former.of(beginning).filter(FormerJudges.Known::isSame).map(FormerJudges.Known::judges);
    }

    private Rebuild rebuild(JournalHistory journal) throws ConfigException {
        List<SegmentChange> changes = EnrolmentFile.segmentChanges(data.enrolments());
        Judging judging = Judging.of(config.under(config.written().after(changes)));
        FormerSites former = new FormerSites(config, judging, changes);
        return new Rebuild(journal, judging, config.timing(), judging.basis(), former);
    }

    private void make(JournalHistory journal, Path made) throws ConfigException, JournalException {
        new Snapshot(data.snapshot(), data.store()).replaceMissing(made);
        try (SqliteStore store = SqliteStore.open(made)) {
            Rebuild.Result result = rebuild(journal).run(store, journal.lastClosing(), progress());
            LOG.info("{} closings of rounds were applied again", result.rounds());
            for (Stretch stretch : result.otherwise()) {
                LOG.warn(
                        "closings {} to {} were judged by version {} from {} on, with another program or under another"
                                + " configuration than now: their rows may differ",
                        stretch.beginning().applied() + 1,
                        stretch.last(),
                        stretch.beginning().basis().program(),
                        stretch.beginning().begunAt());
            }
        }
    }

    private static Rebuild.Progress progress() {
        long[] told = {System.nanoTime()};
        return (records, rounds) -> {
            long now = System.nanoTime();
            if (now - told[0] >= TOLD_EVERY.toNanos()) {
                told[0] = now;
                LOG.info("{} records and {} rounds so far", records, rounds);
            }
        };
    }
}
