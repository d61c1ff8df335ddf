package dev.plumbline.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations in buckets, without a lock: what measures never waits for what reads. Any thread. */
public final class Spans {
    private static final double NANOS = 1e9;

    private final double[] boundsSeconds;
    private final AtomicLongArray counts;
    private final LongAdder nanos = new LongAdder();

    private Spans(double... boundsSeconds) {
        this.boundsSeconds = boundsSeconds;
        this.counts = new AtomicLongArray(boundsSeconds.length + 1);
    }

    /** From a millisecond, which a flash disk takes for a flush, to one that lags. */
    public static Spans ofDisk() {
        return new Spans(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3);
    }

    /** From a server next door to one over a bad line. Few, since there is one for each segment and service. */
    public static Spans ofNetwork() {
        return new Spans(0.01, 0.03, 0.1, 0.3, 1, 3);
    }

    /** From a round that somebody waits for to one that is paced through five minutes. */
    public static Spans ofRounds() {
        return new Spans(1, 3, 10, 30, 60, 120, 300);
    }

    /** Of one that lasted so long; a negative one, of a clock that was set, counts as none. */
    public void add(Duration span) {
        addNanos(span.toNanos());
    }

    public void addNanos(long measured) {
        long span = Math.max(0, measured);
        int bucket = 0;
        while (bucket < boundsSeconds.length && span > (long) (boundsSeconds[bucket] * NANOS)) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        nanos.add(span);
    }

    int size() {
        return counts.length();
    }

    /** Upper bound of a bucket in seconds, infinite for the last. */
    double bound(int bucket) {
        return bucket < boundsSeconds.length ? boundsSeconds[bucket] : Double.POSITIVE_INFINITY;
    }

    long count(int bucket) {
        return counts.get(bucket);
    }

    double sumSeconds() {
        return nanos.sum() / NANOS;
    }
}
