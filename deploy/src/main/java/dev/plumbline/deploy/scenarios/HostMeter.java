package dev.plumbline.deploy.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches, beside a run, how much of this host the run really has. Closing it ends its thread. */
final class HostMeter implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int SAMPLES_IN_WINDOW = 4;
    private static final Path STAT = Path.of("/proc/stat");

    private final Deque<CpuTicks> window = new ArrayDeque<>();
    private Strain strain = Strain.NONE;
    private volatile boolean closed;

    /** One that watches from now on. */
    static HostMeter start() {
        HostMeter meter = new HostMeter();
        Thread thread = new Thread(meter::watch, "host meter");
        thread.setDaemon(true);
        thread.start();
        return meter;
    }

    /** The worst since the last call. */
    synchronized Strain lap() {
        Strain worst = strain;
        strain = Strain.NONE;
        return worst;
    }

    private void watch() {
        long sampled = System.nanoTime() - SAMPLE_NANOS;
        while (!closed) {
            long due = System.nanoTime() + TICK_NANOS;
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            stoodStill(now - due);
            if (now - sampled >= SAMPLE_NANOS) {
                sampled = now;
                sample();
            }
        }
    }

    synchronized void stoodStill(long nanos) {
        Duration late = Duration.ofNanos(Math.max(0, nanos));
        if (late.compareTo(strain.stoodStill()) > 0) {
            strain = new Strain(late, strain.taken());
        }
    }

    private synchronized void sample() {
        CpuTicks ticks;
        try {
            ticks = CpuTicks.parse(Files.readAllLines(STAT));
        } catch (IOException e) {
            return; // a host that does not say how it fares is judged by its threads alone
        }
        window.addLast(ticks);
        if (window.size() > SAMPLES_IN_WINDOW) {
            strain = new Strain(strain.stoodStill(), Math.max(strain.taken(), ticks.takenSince(window.removeFirst())));
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /**
     * The processors' time since the host began, in ticks; see proc_stat(5).
     *
     * @param taken "steal": ran for others while this host had work
     */
    record CpuTicks(long all, long taken) {
        private static final int STEAL = 8;

        /** @throws IOException when the first line is not that of all processors */
        static CpuTicks parse(List<String> lines) throws IOException {
            String[] words =
                    lines.isEmpty() ? new String[0] : lines.get(0).trim().split("\\s+");
            if (words.length <= STEAL || !words[0].equals("cpu")) {
                throw new IOException(STAT + " does not begin with the ticks of all processors");
            }
            long all = 0;
            try {
                for (int i = 1; i <= STEAL; i++) {
                    all += Long.parseLong(words[i]);
                }
                return new CpuTicks(all, Long.parseLong(words[STEAL]));
            } catch (NumberFormatException e) {
                throw new IOException(STAT + " counts ticks in something else than numbers", e);
            }
        }

        double takenSince(CpuTicks earlier) {
            long span = all - earlier.all;
            return span <= 0 ? 0 : (double) (taken - earlier.taken) / span;
        }
    }
}
