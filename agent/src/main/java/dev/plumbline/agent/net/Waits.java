package dev.plumbline.agent.net;

import org.jspecify.annotations.Nullable;

/**
 * How long somebody's connections wait for their turn, and those of everybody inside it: time that no deadline of its own
 * counts. Waits that overlap count once. Counted when the wait begins. Any thread.
 */
final class Waits {
    private final @Nullable Waits around;
    private long sum;
    private long until;

    Waits(@Nullable Waits around) {
        this.around = around;
    }

    /** Somebody waits from now on. */
    void add(long nowNanos, long waitNanos) {
        if (waitNanos <= 0) {
            return;
        }
        synchronized (this) {
            long from = sum > 0 && until - nowNanos > 0 ? until : nowNanos;
            long end = nowNanos + waitNanos;
            if (end - from > 0) {
                sum += end - from;
                until = end;
            }
        }
        if (around != null) {
            around.add(nowNanos, waitNanos);
        }
    }

    synchronized long sumNanos() {
        return sum;
    }
}
