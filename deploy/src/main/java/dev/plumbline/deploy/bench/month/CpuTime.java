package dev.plumbline.deploy.bench.month;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the threads of a process have used of the processors, as Linux counts it; 0 where nobody counts: it never grows less. Of a
 * thread that has ended, what it had used when it was seen last.
 */
final class CpuTime {
    private final Path tasks;
    private final Map<String, Long> seen = new HashMap<>();
    private long sum;

    CpuTime(long pid) {
        this.tasks = Path.of("/proc", Long.toString(pid), "task");
    }

    long nanos() throws IOException {
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                long used = of(thread.resolve("schedstat"));
                Long before = seen.put(thread.toString(), used);
                sum += before == null || used < before ? used : used - before;
            }
        }
        return sum;
    }

    private static long of(Path thread) throws IOException {
        try {
            String text = Files.readString(thread);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            // It has ended meanwhile.
            return 0;
        }
    }
}
