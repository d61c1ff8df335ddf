package dev.plumbline.agent.net;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * How much longer than the best the answers to connects took: the queue before a narrow line, mostly of the agent's own
 * making. A time-out while packets queue for seconds proves nothing. Any thread.
 */
public final class QueueMeter {
    /** One slow answer is one slow host; several are a queue. */
    private static final int ENOUGH = 3;

    private static final int KEPT = 2048;

    private final long[] asked = new long[KEPT];
    private final long[] tripNanos = new long[KEPT];
    private long best = Long.MAX_VALUE;
    private int told;

    /** A connect that was asked for at a reading of the ticker was answered after so long; zero says nothing. */
    public synchronized void answered(long askedNanos, Duration roundTrip) {
        long nanos = roundTrip.toNanos();
        if (nanos <= 0) {
            return;
        }
        best = Math.min(best, nanos);
        asked[told % KEPT] = askedNanos;
        tripNanos[told % KEPT] = nanos;
        told++;
    }

    /** By how much several connects that were under way between two readings of the ticker were later than the best ever. */
    public synchronized Duration worst(long fromNanos, long toNanos) {
        PriorityQueue<Long> longest = new PriorityQueue<>();
        for (int i = 0; i < Math.min(told, KEPT); i++) {
            if (toNanos - asked[i] >= 0 && asked[i] + tripNanos[i] - fromNanos >= 0) {
                longest.add(tripNanos[i]);
                if (longest.size() > ENOUGH) {
                    longest.remove();
                }
            }
        }
        return longest.size() < ENOUGH ? Duration.ZERO : Duration.ofNanos(longest.element() - best);
    }
}
