package dev.plumbline.collector;

import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A copy of the store at the moment at which a judge began: with it and the journal's later closings the store can be made
 * anew, where the journal alone does not tell all.
 */
record Snapshot(Path file) {
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

    private static void copy(Path source, Path copy) throws ConfigException {
        try {
            DatabaseCopy.make(source, copy);
        } catch (SQLException | IOException e) {
            throw new ConfigException(List.of(copy + ": cannot be made from " + source + " (" + e.getMessage()
                    + "); make room on its disk, and move away what is damaged"));
        }
    }
}
