package dev.plumbline.collector.query;

import dev.plumbline.collector.listing.FieldViolation;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds what is read of the past at once: that takes longer than what is known now, and the judge writes to the same file. */
public final class PastReadings {
    private static final int MOST = 2;

    private final Semaphore free = new Semaphore(MOST, true);
    private final Duration patience;

    /** @param patience how long to wait for others */
    public PastReadings(Duration patience) {
        this.patience = patience;
    }

    /** What is read. */
    interface Reading<T> {
        T read() throws Refusal, FieldViolation;
    }

    <T> T read(Reading<T> reading) throws Refusal, FieldViolation {
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Refusal.exhausted(MOST
                        + " questions of earlier times are being answered already; ask this one again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the collector is closing; ask again when it is back");
        }
        try {
            return reading.read();
        } finally {
            free.release();
        }
    }
}
