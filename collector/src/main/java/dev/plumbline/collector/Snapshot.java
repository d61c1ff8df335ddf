package dev.plumbline.collector;

import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.Forgotten;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A copy of the store at the moment at which a judge began: with it and the journal's later closings the store can be made
 * anew, where the journal alone does not tell all: what a program without closings judged, and what retention deleted.
 */
record Snapshot(Path file, Path store) {
    /** Where there is no store: one that is to be made anew begins at the snapshot. */
    void replaceMissing(Path store) throws ConfigException {
        if (Files.exists(file) && !Files.exists(store)) {
            try {
                // The log of a store that is gone is none of the copy's.
                DatabaseFiles.delete(store);
            } catch (IOException e) {
                throw new ConfigException(List.of(store + ": what is left of it cannot be deleted (" + e + ")"));
            }
            copy(file, store);
        }
    }

    /** A store of a program that entered no closings is the beginning of all that follows. */
    void keepWhatNoClosingTells(SqliteStore store, Path storeFile) throws ConfigException {
        boolean isOlder = store.closing() == 0 && !store.latestRounds().isEmpty();
        if (isOlder && !Files.exists(file)) {
            copy(storeFile, file);
        }
    }

    /**
     * Where the store is of a program that kept no history: what it was when this program found it is the beginning of all that
     * follows, before anything is written to it. A kill at any point leaves it to the next start.
     *
     * @param sound refuses a store that does not belong to its journal: the snapshot in force may be needed instead of it
     */
    void keepWhereHistoryBegins(StoreCheck sound) throws ConfigException {
        if (Files.exists(store) && SqliteStore.isBeforeHistory(store)) {
            sound.check(SqliteStore.closingOf(store), SqliteStore.positionOf(store));
            prepare(Instant.EPOCH);
            putInPlace();
        }
    }

    /** What must hold of a store that is found. */
    interface StoreCheck {
        void check(long closing, long position) throws ConfigException;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Makes one that is not in force yet, without the history before a time. What it contains of the store is on the disk of that
     * one too then: else the store could be behind its snapshot after a loss of power, and be refused.
     */
    void prepare(Instant keptFrom) throws ConfigException {
        try {
            DatabaseFiles.delete(next());
            copy(store, next());
            try (SqliteStore copy = SqliteStore.open(next())) {
                copy.forget(keptFrom);
            }
            DatabaseCopy.settle(next());
            DatabaseFiles.checkpoint(store);
        } catch (ConfigException | StoreException | SQLException | IOException e) {
            ConfigException problem =
                    new ConfigException(List.of(next() + ": cannot be made (" + e.getMessage() + ")"));
            try {
                discard();
            } catch (ConfigException left) {
                problem.addSuppressed(left);
            }
            throw problem;
        }
    }

    /** What was being made when a process ended, or could not be made, takes room on a disk that may be full. */
    void discard() throws ConfigException {
        try {
            DatabaseFiles.delete(next());
            DatabaseFiles.delete(next().resolveSibling(next().getFileName() + ".unfinished"));
        } catch (IOException e) {
            throw new ConfigException(
                    List.of(next() + ": is left of an interrupted one and cannot be deleted (" + e + ")"));
        }
    }

    /** The one that was prepared is in force, as a whole. */
    void putInPlace() throws ConfigException {
        try {
            Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE);
            DatabaseCopy.flush(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be put in place (" + e + ")"));
        }
    }

    /**
     * What a snapshot in force has forgotten, the store in force is to forget too, before anything else is written: else the two
     * would no longer lead to the same. A kill may have come between.
     */
    Optional<Forgotten> forgetAlike(Store inForce) throws ConfigException {
        if (exists()) {
            Instant keptFrom = SqliteStore.keptFromOf(file);
            if (keptFrom.isAfter(inForce.keptFrom())) {
                return Optional.of(inForce.forget(keptFrom));
            }
        }
        return Optional.empty();
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static void copy(Path source, Path copy) throws ConfigException {
        try {
            DatabaseCopy.make(source, copy);
        } catch (SQLException | IOException e) {
            throw new ConfigException(List.of(copy + ": cannot be made from " + source + " (" + e.getMessage()
                    + "); make room on its disk, and move away what is damaged"));
        }
    }
}
