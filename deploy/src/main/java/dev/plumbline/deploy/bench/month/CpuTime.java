package dev.plumbline.deploy.bench.month;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What all threads of a process have used of the processors, as Linux counts it; 0 where nobody counts. */
record CpuTime(long pid) {
    long nanos() throws IOException {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                sum += of(thread.resolve("schedstat"));
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
