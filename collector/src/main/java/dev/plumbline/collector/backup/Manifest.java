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
 */
public record Manifest(
        String program, Instant madeAt, long position, long closing, long storeClosing, List<Content> files) {
    /** Names stay in their folder. */
    private static final String NAME = "[a-z0-9][a-z0-9-]*\\.db";

    /**
     * One database.
     *
     * @param schema version of its tables
     */
    public record Content(String name, long bytes, Sha256 sha256, int schema) {
        public Content {
            if (!name.matches(NAME)) {
                throw new IllegalArgumentException("'" + name + "' is no name of a database in a data folder");
            }
        }
    }

    public Manifest {
        files = List.copyOf(files);
        if (files.isEmpty() || storeClosing > closing) {
            throw new IllegalArgumentException("a backup has files, and its store contains no closing beyond " + closing
                    + ", the last of its journal");
        }
    }

    /** Of all files together. */
    public long bytes() {
        return files.stream().mapToLong(Content::bytes).sum();
    }
}
