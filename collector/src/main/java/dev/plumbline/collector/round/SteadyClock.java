package dev.plumbline.collector.round;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The site's time: this host's clock, but it never goes back. Rounds are numbered by it, and an hour that came twice would put
 * the facts of two hours under one number. When the host's clock is set back, this one runs on at half speed until the host's
 * has caught up; a leap ahead is taken as it is. It goes on where the journal left off, so that a restart is no way back
 * either. Used by many threads.
 */
public final class SteadyClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
    private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

    private final Clock host;
    private final LongSupplier nanos;

    // Guarded by this.
    private Instant lastWall;
    private Instant lastTold;
    private long lastNanos;
    private Duration ahead;

    private SteadyClock(Clock host, LongSupplier nanos, Instant notBefore) {
        this.host = host;
        this.nanos = nanos;
        this.lastWall = host.instant();
        this.lastNanos = nanos.getAsLong();
        this.ahead = later(Duration.between(lastWall, notBefore));
        this.lastTold = lastWall.plus(ahead);
        if (ahead.compareTo(WORTH_SAYING) > 0) {
            LOG.warn(
                    "this host's clock says {}, which is {} s before the journal's end; {}",
                    lastWall,
                    ahead.toSeconds(),
                    catchingUp());
        }
    }

    /** @param notBefore the latest time that was written down, by this clock in an earlier life */
    public static SteadyClock over(Clock host, Instant notBefore) {
        return over(host, System::nanoTime, notBefore);
    }

    /** @param nanos a clock that never jumps */
    static SteadyClock over(Clock host, LongSupplier nanos, Instant notBefore) {
        return new SteadyClock(host, nanos, notBefore);
    }

    @Override
    public synchronized Instant instant() {
        Instant wall = host.instant();
        long now = nanos.getAsLong();
        Duration elapsed = Duration.ofNanos(now - lastNanos);
        Duration moved = Duration.between(lastWall, wall);
        ahead = later(ahead.minus(elapsed.dividedBy(2)));
        if (moved.isNegative()) {
            ahead = ahead.plus(elapsed).minus(moved);
            if (moved.negated().compareTo(WORTH_SAYING) > 0) {
                LOG.warn(
                        "this host's clock was set back by {} s; {}",
                        moved.negated().toSeconds(),
                        catchingUp());
            }
        } else {
            ahead = later(ahead.minus(later(moved.minus(elapsed))));
        }
        lastWall = wall;
        lastNanos = now;
        Instant told = wall.plus(ahead);
        lastTold = told.isAfter(lastTold) ? told : lastTold;
        return lastTold;
    }

    private String catchingUp() {
        return "the site's time runs on at half speed for "
                + ahead.multipliedBy(2).toSeconds() + " s, until the clock has caught up; see whether it is right";
    }

    private static Duration later(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    @Override
    public ZoneId getZone() {
        return host.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the site's time has no zone but UTC");
    }
}
