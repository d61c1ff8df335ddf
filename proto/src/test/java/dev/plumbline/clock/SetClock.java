package dev.plumbline.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that the test sets: it stands still until then, or goes as the host's clock does. One thread sets it, any may read it. */
public final class SetClock extends Clock {
    private final InstantSource under;
    private volatile Duration ahead = Duration.ZERO;

    private SetClock(InstantSource under) {
        this.under = under;
    }

    /** Stands still, so that nothing ends in the middle of a test. */
    public static SetClock at(Instant time) {
        return new SetClock(InstantSource.fixed(time));
    }

    /** Shows the host's time until it is set, and goes on from where it was set to. */
    public static SetClock running() {
        return new SetClock(InstantSource.system());
    }

    public void set(Instant time) {
        ahead = Duration.between(under.instant(), time);
    }

    /**
     * Sets it forth.
     *
     * @param span back if it is negative
     */
    public void advance(Duration span) {
        ahead = ahead.plus(span);
    }

    @Override
    public Instant instant() {
        return under.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only instants are asked for");
    }
}
