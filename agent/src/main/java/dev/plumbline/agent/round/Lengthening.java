package dev.plumbline.agent.round;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whether times of one kind have become markedly longer than the best was: the sign of a queue of one's own making. Pure. */
final class Lengthening {
    private static final int RECENT = 12;
    private static final int ENOUGH = 6;

    private final int factor;
    private final long jitterNanos;
    private final Deque<Long> recent = new ArrayDeque<>();
    private long best = Long.MAX_VALUE;

    /**
     * @param factor times the best that are still normal, since hosts lie at different distances
     * @param jitter below this much more than that, a longer time is jitter
     */
    Lengthening(int factor, Duration jitter) {
        this.factor = factor;
        this.jitterNanos = jitter.toNanos();
    }

    /** Something was answered after so long; zero says nothing. */
    void answered(Duration elapsed) {
        long nanos = elapsed.toNanos();
        if (nanos <= 0) {
            return;
        }
        best = Math.min(best, nanos);
        recent.addLast(nanos);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    boolean isMarked() {
        if (recent.size() < ENOUGH) {
            return false;
        }
        long median =
                recent.stream().sorted().skip(recent.size() / 2).findFirst().orElse(0L);
        return median > factor * best + jitterNanos;
    }

    /** What was measured says nothing about what comes now. */
    void forget() {
        recent.clear();
    }
}
