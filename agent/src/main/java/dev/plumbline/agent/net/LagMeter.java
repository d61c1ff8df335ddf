package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** How late the agent's own event loops are: a time-out measured by a loop that was itself late proves nothing. */
public final class LagMeter implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BUCKET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Over a minute, longer than any observation. */
    private static final int BUCKETS = 2048;

    private final Ticker ticker;
    private final long zero;
    private final AtomicLongArray worst = new AtomicLongArray(BUCKETS);
    private final List<Future<?>> ticks = new ArrayList<>();

    private LagMeter(Ticker ticker) {
        this.ticker = ticker;
        this.zero = ticker.nanos();
    }

    /** Ticks on every loop until closed; meant for the length of a round. */
    public static LagMeter on(Loops loops, Ticker ticker) {
        LagMeter meter = new LagMeter(ticker);
        for (EventLoop loop : loops.all()) {
            Tick tick = meter.new Tick();
            meter.ticks.add(loop.scheduleWithFixedDelay(tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS));
        }
        return meter;
    }

    /** The worst delay between two readings of the ticker's nanoseconds. */
    public Duration worst(long fromNanos, long toNanos) {
        long lag = 0;
        long last = bucket(toNanos);
        for (long i = Math.max(bucket(fromNanos), last - BUCKETS + 1); i <= last; i++) {
            lag = Math.max(lag, worst.get((int) (i % BUCKETS)));
        }
        return Duration.ofNanos(lag);
    }

    private long bucket(long nanos) {
        return Math.max(0, nanos - zero) / BUCKET_NANOS;
    }

    @Override
    public void close() {
        ticks.forEach(tick -> tick.cancel(false));
    }

    private final class Tick implements Runnable {
        private long expected = ticker.nanos() + TICK_NANOS;

        @Override
        public void run() {
            long now = ticker.nanos();
            int slot = (int) (bucket(now) % BUCKETS);
            worst.accumulateAndGet(slot, Math.max(0, now - expected), Math::max);
            // Half a ring ahead is cleared, so that an old bad moment does not come round again.
            worst.set((slot + BUCKETS / 2) % BUCKETS, 0);
            expected = now + TICK_NANOS;
        }
    }
}
