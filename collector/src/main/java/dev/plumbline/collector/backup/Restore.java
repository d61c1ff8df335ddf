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
            Replacement replacement = replacement(present, now);
            for (Replacement.Step step : steps(data, replacement)) {
                step.take();
            }
            return Optional.of(replacement.aside()).filter(a -> !a.isEmpty()).map(data::resolve);
        } catch (IOException e) {
            throw new BackupException(
                    data + ": cannot be written (" + e + "); make room there, and restore once more", e);
        }
    }

    /** The journal first: a store without its journal would be refused, a journal alone is enough. */
    private Replacement replacement(List<Path> present, Instant now) {
        List<String> files = new ArrayList<>();
        manifest.files().forEach(content -> files.add(0, content.name()));
        return new Replacement(
                present.isEmpty() ? "" : "replaced-" + STAMP.format(now),
                present.stream().map(p -> String.valueOf(p.getFileName())).toList(),
                files);
    }

    /** Before the last copy is made nothing is changed; after the marker is written all is done in any case. */
    List<Replacement.Step> steps(Path data, Replacement replacement) {
        List<Replacement.Step> steps = new ArrayList<>();
        for (Manifest.Content content : manifest.files()) {
            steps.add(() -> {
                Path copy = Replacement.copy(data, content.name());
                Files.copy(from.resolve(content.name()), copy, StandardCopyOption.REPLACE_EXISTING);
                check(content, copy);
                DatabaseCopy.flush(copy);
            });
        }
        steps.addAll(replacement.steps(data));
        return steps;
    }

    List<Replacement.Step> steps(Path data, Instant now) throws IOException {
        return steps(data, replacement(present(data), now));
    }

    /**
     * Brings to its end a restore that was interrupted, or undoes it where it had changed nothing yet.
     *
     * @param data is held by the caller
     * @return what was found and done, in a sentence; empty where there was none
     */
    public static Optional<String> finish(Path data) throws BackupException {
        try {
            if (Files.exists(Replacement.marker(data))) {
                Replacement replacement = Replacement.read(data);
                for (Replacement.Step step : replacement.steps(data)) {
                    step.take();
                }
                return Optional.of(data + ": a restore that was interrupted was brought to its end"
                        + (replacement.aside().isEmpty()
                                ? ""
                                : "; what was there before lies in " + data.resolve(replacement.aside())));
            }
            boolean isBegun = false;
            try (DirectoryStream<Path> copies = Files.newDirectoryStream(data, "*.{db,json}.restoring")) {
                for (Path copy : copies) {
                    Files.delete(copy);
                    isBegun = true;
                }
            }
            return isBegun
                    ? Optional.of(
                            data + ": a restore that was interrupted had changed nothing; its copies were deleted")
                    : Optional.empty();
        } catch (IOException e) {
            throw new BackupException(
                    data + ": a restore was interrupted and cannot be brought to its end (" + e + "); make room there",
                    e);
        }
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
