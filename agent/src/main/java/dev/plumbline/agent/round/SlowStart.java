package dev.plumbline.agent.round;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * How many targets may be under way at once: doubled every little while as long as nothing suffers, halved when the
 * agent's own answered connects take markedly longer than the best did. Silence alone never holds back: a segment that
 * drops everything must not be judged one time-out after the other. Pure: told round trips and times.
 */
final class SlowStart {
    static final int INITIAL = 32;
    private static final int FLOOR = 8;
    private static final int CEILING = 1024;
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
    private static final int RECENT = 12;
    private static final int ENOUGH = 6;
    /** Below this much more than the best, a longer round trip is jitter. */
    private static final long JITTER_NANOS = Duration.ofMillis(80).toNanos();

    private final Deque<Long> recent = new ArrayDeque<>();
    private long best = Long.MAX_VALUE;
    private int limit = INITIAL;
    private long nextStep;

    SlowStart(long nowNanos) {
        this.nextStep = nowNanos + STEP_NANOS;
    }

    int limit() {
        return limit;
    }

    /** An answered connect took so long. */
    void answered(Duration roundTrip) {
        long nanos = roundTrip.toNanos();
        if (nanos <= 0) {
            return;
        }
        best = Math.min(best, nanos);
        recent.addLast(nanos);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    /** Time passed; called more often than every step. */
    void tick(long nowNanos) {
        if (nowNanos - nextStep < 0) {
            return;
        }
        nextStep = nowNanos + STEP_NANOS;
        if (suffers()) {
            limit = Math.max(FLOOR, limit / 2);
            // What was measured under the old limit says nothing about the new one.
            recent.clear();
        } else {
            limit = Math.min(CEILING, limit * 2);
        }
    }

    private boolean suffers() {
        if (recent.size() < ENOUGH) {
            return false;
        }
        Iterator<Long> sorted = recent.stream().sorted().iterator();
        for (int i = 0; i < recent.size() / 2; i++) {
            sorted.next();
        }
        return sorted.next() > 2 * best + JITTER_NANOS;
    }
}
