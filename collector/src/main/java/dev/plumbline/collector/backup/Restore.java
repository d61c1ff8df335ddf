package dev.plumbline.collector.backup;

import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Puts a backup back into a data folder that its caller holds. */
public final class Restore {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".restoring";

    private final Path from;
    private final Manifest manifest;

    private Restore(Path from, Manifest manifest) {
        this.from = from;
        this.manifest = manifest;
    }

    /** Looks whether a backup is whole, and of a program that is not newer than this one. */
    public static Restore of(Path from) throws BackupException {
        Manifest manifest = ManifestFile.read(from);
        for (Manifest.Content content : manifest.files()) {
            check(content, from.resolve(content.name()));
        }
        try {
            JournalReading.open(from.resolve(Backup.JOURNAL)).close();
            if (Files.exists(from.resolve(Backup.STORE))) {
                SqliteStore.closingOf(from.resolve(Backup.STORE));
            }
        } catch (JournalException | ConfigException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
        return new Restore(from, manifest);
    }

    private static void check(Manifest.Content content, Path file) throws BackupException {
        try {
            if (!Files.isRegularFile(file)
                    || Files.size(file) != content.bytes()
                    || !FileDigest.of(file).equals(content.sha256())) {
                throw new BackupException(file + ": is missing or not the file that " + ManifestFile.NAME
                        + " beside it speaks of; take another backup");
            }
        } catch (IOException e) {
            throw new BackupException(file + ": cannot be read (" + e + ")", e);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * Puts the files into a folder. What is there is refused, or set aside once the new files lie beside it.
     *
     * @param replace sets aside what is there
     * @return where it was set aside; empty when nothing was there
     */
    public Optional<Path> into(Path data, boolean replace, Instant now) throws BackupException {
        try {
            List<Path> present = present(data);
            if (!present.isEmpty() && !replace) {
                throw new BackupException(data + ": holds " + present.get(0).getFileName()
                        + "; name an empty folder, or say --replace, which sets aside what is there");
            }
            // The journal first: a store without its journal would be refused, a journal alone is enough.
            List<Manifest.Content> files = new ArrayList<>(manifest.files());
            Collections.reverse(files);
            for (Manifest.Content content : files) {
                Path copy = data.resolve(content.name() + UNFINISHED);
                Files.copy(from.resolve(content.name()), copy, StandardCopyOption.REPLACE_EXISTING);
                check(content, copy);
                DatabaseCopy.flush(copy);
            }
            Optional<Path> aside = setAside(data, present, now);
            for (Manifest.Content content : files) {
                Files.move(
                        data.resolve(content.name() + UNFINISHED),
                        data.resolve(content.name()),
                        StandardCopyOption.ATOMIC_MOVE);
            }
            DatabaseCopy.flush(data);
            return aside;
        } catch (IOException e) {
            throw new BackupException(
                    data + ": cannot be written (" + e + "); make room there, and restore once more", e);
        }
    }

    private static Optional<Path> setAside(Path data, List<Path> present, Instant now) throws IOException {
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Path aside = Files.createDirectory(data.resolve("replaced-" + STAMP.format(now)));
        for (Path file : present) {
            Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        DatabaseCopy.flush(aside);
        return Optional.of(aside);
    }

    /** Databases and the logs beside them. */
    private static List<Path> present(Path data) throws IOException {
        List<Path> present = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data, "*.{db,db-wal,db-shm,db-journal}")) {
            files.forEach(present::add);
        }
        Collections.sort(present);
        return present;
    }
}
