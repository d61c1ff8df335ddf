package dev.plumbline.collector.backup;

import dev.plumbline.collector.journal.Damage;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.sqlite.SchemaVersion;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a backup of a data folder, whether a collector has it open or not. */
public final class Backup {
    static final String JOURNAL = "journal.db";
    static final String STORE = "store.db";
    private static final String SNAPSHOT = "snapshot.db";
    private static final int COPIES = 3;

    private Backup() {}

    /**
     * Every database of the folder, each as it was at one moment and checked; the folder of the backup is whole or not
     * there. Entries of the journal that are damaged there are so here: the manifest names them.
     *
     * @param to is not there yet
     * @param program version of the program
     */
    public static Manifest make(Path data, Path to, String program, Instant now) throws BackupException {
        Path folder = to.toAbsolutePath().normalize();
        if (Files.exists(folder)) {
            throw new BackupException(
                    to + ": exists, and no backup is written over another; name a folder that is not there");
        }
        if (Files.exists(Replacement.marker(data))) {
            throw new BackupException(
                    data
                            + ": a restore into it was interrupted; start the collector or restore once more, which ends it first");
        }
        if (!Files.isRegularFile(data.resolve(JOURNAL))) {
            throw new BackupException(
                    data + ": holds no " + JOURNAL + "; name the configuration of a collector that has run");
        }
        try {
            Path parent = folder.resolveSibling("");
            Files.createDirectories(parent);
            Path unfinished = Files.createTempDirectory(parent, "." + folder.getFileName() + "-unfinished-");
            try {
                Manifest manifest = fill(data, unfinished, program, now);
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
                DatabaseCopy.flush(parent);
                return manifest;
            } catch (IOException | SQLException | JournalException | ConfigException | BackupException e) {
                delete(unfinished);
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new BackupException(to + ": cannot be made (" + e.getMessage() + "); nothing is left of it", e);
        } catch (JournalException | ConfigException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Manifest fill(Path data, Path folder, String program, Instant now)
            throws IOException, SQLException, JournalException, ConfigException, BackupException {
        copyAlike(data, folder);
        Path store = folder.resolve(STORE);
        long storeClosing = Files.exists(store) ? SqliteStore.closingOf(store) : 0;
        try (JournalReading journal = JournalReading.open(folder.resolve(JOURNAL))) {
            journal.check();
            if (storeClosing > journal.lastClosing()) {
                throw new BackupException(data + ": its store contains closing " + storeClosing
                        + ", and its journal ends at " + journal.lastClosing() + "; they do not belong together");
            }
            List<Manifest.Content> files = new ArrayList<>();
            for (String name : databases(folder)) {
                Path file = folder.resolve(name);
                files.add(new Manifest.Content(name, Files.size(file), FileDigest.of(file), SchemaVersion.of(file)));
            }
            Manifest manifest = new Manifest(
                    program,
                    now,
                    journal.end(),
                    journal.lastClosing(),
                    storeClosing,
                    files,
                    journal.damaged().stream().map(Damage::sentence).toList());
            ManifestFile.write(folder, manifest);
            DatabaseCopy.flush(folder.resolve(ManifestFile.NAME));
            DatabaseCopy.flush(folder);
            return manifest;
        }
    }

    /** Once more where retention came between: a snapshot stands for what is gone of a journal, and its store is no older. */
    private static void copyAlike(Path data, Path folder)
            throws IOException, SQLException, JournalException, ConfigException, BackupException {
        for (int i = 0; i < COPIES; i++) {
            for (String name : databases(folder)) {
                Files.delete(folder.resolve(name));
            }
            for (String name : databases(data)) {
                DatabaseCopy.make(data.resolve(name), folder.resolve(name));
            }
            if (areAlike(folder)) {
                return;
            }
        }
        throw new BackupException(data + ": its " + SNAPSHOT + " and " + STORE
                + " do not belong together, or do not stand for what retention deleted from its " + JOURNAL
                + "; start the collector once, or put back a backup");
    }

    private static boolean areAlike(Path folder) throws JournalException, ConfigException {
        Path snapshot = folder.resolve(SNAPSHOT);
        Path store = folder.resolve(STORE);
        if (!Files.exists(snapshot) || !Files.exists(store)) {
            return true;
        }
        try (JournalReading journal = JournalReading.open(folder.resolve(JOURNAL))) {
            return SqliteStore.closingOf(snapshot) <= SqliteStore.closingOf(store)
                    && SqliteStore.positionOf(snapshot) >= journal.deletedTo();
        }
    }

    /** The store first, the journal last. */
    static List<String> databases(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.db")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.sort(Comparator.comparing((String name) -> name.equals(JOURNAL))
                .thenComparing(name -> !name.equals(STORE))
                .thenComparing(Comparator.naturalOrder()));
        return names;
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
