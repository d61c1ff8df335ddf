package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of a process, user and system, as the kernel counts it (proc(5), fields 14 and 15 of stat). */
final class CpuTime {
    /** USER_HZ, which is 100 on every architecture that Linux has left. */
    private static final long TICK_NANOS = 10_000_000;

    private CpuTime() {}

    static long nanosOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name in brackets may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
    }
}
