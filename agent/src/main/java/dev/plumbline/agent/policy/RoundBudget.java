package dev.plumbline.agent.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many rounds may still be begun: so many in any hour. Told a monotonic time; for one thread. */
public final class RoundBudget {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final int most;
    private final Deque<Long> begun = new ArrayDeque<>();

    public RoundBudget(Policy policy) {
        this.most = policy.roundsPerHour();
    }

    /** True when a round may begin now, which is counted then. */
    public boolean take(long nowNanos) {
        while (!begun.isEmpty() && nowNanos - begun.peekFirst() >= HOUR) {
            begun.removeFirst();
        }
        if (begun.size() >= most) {
            return false;
        }
        begun.addLast(nowNanos);
        return true;
    }
}
