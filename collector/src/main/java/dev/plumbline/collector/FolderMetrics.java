package dev.plumbline.collector;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How large the collector's files are, and what is left of their disk. */
record FolderMetrics(DataFolder data) implements MetricSource {
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    @Override
    public void tell(Families families) {
        file(families, "journal", data.journal());
        file(families, "store", data.store());
        file(families, "enrolment", data.enrolments());
        file(families, "snapshot", data.snapshot());
        file(families, "outbox", data.outbox());
        try {
            FileStore disk = Files.getFileStore(data.folder());
            families.gauge(
                    "plumbline_disk_free_bytes",
                    "What the collector may still write on the disk of its data folder.",
                    disk.getUsableSpace());
            families.gauge("plumbline_disk_size_bytes", "Size of that disk.", disk.getTotalSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void file(Families families, String name, Path file) {
        long bytes = PARTS.stream()
                .mapToLong(part -> size(file.resolveSibling(file.getFileName() + part)))
                .sum();
        families.gauge(
                "plumbline_file_bytes", "Size of a database with its log; 0 where there is none.", bytes, "file", name);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // it went between the two questions
        }
    }
}
