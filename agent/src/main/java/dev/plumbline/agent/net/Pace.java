package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for new connections: each is told how long to wait for its turn, first come, first served. Any thread.
 */
public final class Pace {
    private final Ticker ticker;
    private long intervalNanos;
    private int burst;
    /** When the bucket will be full again, by what was promised and by what has begun. */
    private long full;

    private long begun;

    /**
     * @param perSecond connections a second in the long run; 0 = as many as anybody wants
     * @param burst how many may begin at once after a pause, at least 1
     */
    public Pace(Ticker ticker, int perSecond, int burst) {
        this.ticker = ticker;
        this.full = ticker.nanos();
        this.begun = full;
        set(perSecond, burst);
    }

    static Pace unbounded(Ticker ticker) {
        return new Pace(ticker, 0, 1);
    }

    /** Changes the bound for connections that are asked for from now on. */
    public synchronized void set(int perSecond, int burst) {
        if (perSecond < 0 || burst < 1) {
            throw new IllegalArgumentException(
                    "a pace is not negative and lets at least one begin, not " + perSecond + "/s and " + burst);
        }
        this.intervalNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.burst = burst;
    }

    /** Takes a token; the connection may begin after so many nanoseconds, 0 when it may at once. */
    synchronized long take() {
        long wait = waiting();
        long now = ticker.nanos();
        full = (full - now > 0 ? full : now) + intervalNanos;
        return wait;
    }

    /**
     * The connection is about to begin; it is to wait on for so many nanoseconds, 0 when it may begin. Those that a host
     * which stood still comes to late, all together, are spread anew.
     */
    synchronized long begin() {
        long now = ticker.nanos();
        long wait = intervalNanos == 0 ? 0 : Math.max(0, begun - now - (burst - 1) * intervalNanos);
        begun = (begun - now > 0 ? begun : now) + intervalNanos;
        // A timer that is late by a little has nobody wait for it.
        return wait < intervalNanos / 2 ? 0 : wait;
    }

    /** How long the next one would wait, in nanoseconds; takes nothing. */
    public synchronized long waiting() {
        if (intervalNanos == 0) {
            return 0;
        }
        return Math.max(0, full - ticker.nanos() - (burst - 1) * intervalNanos);
    }
}
