package dev.plumbline.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Damaged files beside the spool, kept for whoever wants to know what happened: a few, and not too large. */
final class Quarantine {
    static final int MOST_FILES = 4;
    static final long MOST_BYTES = 64L << 20;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Path spool;

    /** @param spool the spool's file; what is set aside is kept beside it as {@code NAME.corrupt-TIME} */
    Quarantine(Path spool) {
        this.spool = spool;
    }

    /** Moves the file away with its log, and deletes the oldest of those before it that are too many or too large. */
    void setAside(Instant now) throws IOException {
        Path log = SpoolOpening.logOf(spool);
        if (Files.exists(spool)) {
            keep(spool, now);
        }
        if (Files.exists(log)) {
            keep(log, now);
        }
        Files.deleteIfExists(spool.resolveSibling(spool.getFileName() + "-shm"));
        trim();
    }

    /** Copies a damaged log, before SQLite takes of it what it can. */
    void copy(Path log, Instant now) throws IOException {
        if (Files.size(log) <= MOST_BYTES) {
            Files.copy(log, nameOf(log, now), StandardCopyOption.REPLACE_EXISTING);
        }
        trim();
    }

    private void keep(Path file, Instant now) throws IOException {
        Path aside = nameOf(file, now);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        LOG.error("{} was damaged and is kept as {}", file, aside.getFileName());
    }

    private static Path nameOf(Path file, Instant now) {
        return file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(now));
    }

    private void trim() throws IOException {
        int files = 0;
        long bytes = 0;
        for (Path aside : newestFirst()) {
            files++;
            bytes += Files.isRegularFile(aside) ? Files.size(aside) : 0;
            if (files > MOST_FILES || bytes > MOST_BYTES) {
                delete(aside).ifPresent(why -> LOG.warn("{} cannot be deleted: {}", aside, why));
            }
        }
    }

    /** All that is there, by the time in its name. */
    List<Path> newestFirst() throws IOException {
        String name = spool.getFileName().toString();
        try (Stream<Path> all = Files.list(spool.toAbsolutePath().getParent())) {
            return all.filter(file -> file.getFileName().toString().matches("\\Q" + name + "\\E(-wal)?\\.corrupt-.*"))
                    .sorted(Comparator.comparing(Quarantine::stamp).reversed().thenComparing(Path::toString))
                    .toList();
        }
    }

    private static String stamp(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.indexOf(".corrupt-"));
    }

    /** A folder that stood in the file's place is deleted only when it is empty. */
    private static Optional<String> delete(Path aside) {
        try {
            Files.deleteIfExists(aside);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
