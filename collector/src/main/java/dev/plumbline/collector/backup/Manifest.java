package dev.plumbline.collector.backup;

import dev.plumbline.words.Sha256;
import java.time.Instant;
import java.util.List;

/**
 * What lies in a backup.
 *
 * @param program version of the program that made it
 * @param position of the journal's last record
 * @param closing id of the journal's last closing
 * @param storeClosing id of the last one that the store contains, 0 without a store
 * @param damaged sentences on entries of the journal that are not as they were written
 */
public record Manifest(
        String program,
        Instant madeAt,
        long position,
        long closing,
        long storeClosing,
        List<Content> files,
        List<String> damaged) {
    /** Names stay in their folder. */
    private static final String NAME = "[a-z0-9][a-z0-9-]*\\.db";

    /**
     * One database.
     *
     * @param schema version of its tables
     */
    public record Content(String name, long bytes, Sha256 sha256, int schema) {
        public Content {
            checkedName(name);
        }
    }

    public Manifest {
        files = List.copyOf(files);
        damaged = List.copyOf(damaged);
        if (files.isEmpty() || storeClosing > closing) {
            throw new IllegalArgumentException("a backup has files, and its store contains no closing beyond " + closing
                    + ", the last of its journal");
        }
    }

    static String checkedName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a database in a data folder");
        }
        return name;
    }

    /** Of all files together. */
    public long bytes() {
        return files.stream().mapToLong(Content::bytes).sum();
    }
}
