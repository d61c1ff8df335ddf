package dev.plumbline.agent.time;

import dev.plumbline.words.Surroundings.ClockOffset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time of the site, which is the collector's: rounds and facts of hosts whose clocks differ stay comparable, and a
 * certificate looks expired to none of them because its own clock is wrong. This host's clock counts until the collector's was
 * read, and for good where the two are a second apart at most: a host that is kept right needs no correction with the error
 * of a round trip.
 *
 * <p>When the host's clock is set, the correction no longer fits. Going back is never sleep, so the clock that never jumps
 * carries on from the last reading. Going ahead by what the host was behind is a clock that was set right. Any other leap
 * ahead is taken for sleep. Whatever it was, the collector's clock is asked for again. Used by many threads.
 */
public final class SiteTime implements Ticker {
    /** What two clocks may be apart, or one may leap, without anything being made of it. */
    private static final Duration ALIKE = Duration.ofSeconds(1);

    private final Ticker host;
    private volatile Reading last;
    private final List<Runnable> questions = new CopyOnWriteArrayList<>();

    /**
     * A look at both of the host's clocks.
     *
     * @param correction what is added to the host's clock
     * @param doubted the host's clock was seen to have been set since
     * @param isRead the collector's clock was read then
     */
    private record Reading(long nanos, Instant wall, Duration correction, boolean doubted, boolean isRead) {
        Reading doubt() {
            return new Reading(nanos, wall, correction, true, isRead);
        }
    }

    public SiteTime(Ticker host) {
        this.host = host;
        this.last = new Reading(host.nanos(), host.instant(), Duration.ZERO, false, false);
    }

    /** Who asks the collector for its clock, without waiting for the answer: each agent of this host may. */
    public void asks(Runnable question) {
        questions.add(question);
    }

    /** The collector's clock was read. */
    public synchronized void learn(ClockOffset offset) {
        Reading before = last;
        Duration apart = offset.offset().minus(before.correction()).abs();
        if (before.isRead() && !before.doubted() && apart.compareTo(offset.bound()) <= 0) {
            return; // it says nothing that is not known better: an answer that waited long must not undo a good one
        }
        boolean alike = offset.offset().abs().minus(offset.bound()).compareTo(ALIKE) <= 0;
        last = new Reading(host.nanos(), host.instant(), alike ? Duration.ZERO : offset.offset(), false, true);
    }

    /** What is added to this host's clock; zero where it needs no correction. */
    public Duration correction() {
        return Duration.between(host.instant(), instant());
    }

    /** To be called now and then: a clock drifts, and nobody says when it was set. */
    public void refresh() {
        questions.forEach(Runnable::run);
    }

    @Override
    public long nanos() {
        return host.nanos();
    }

    @Override
    public Instant instant() {
        Reading before = last;
        Instant wall = host.instant();
        Instant steady = before.wall().plus(host.since(before.nanos()));
        Duration leap = Duration.between(steady, wall);
        if (leap.abs().compareTo(ALIKE) <= 0) {
            return wall.plus(before.correction());
        }
        if (doubt(before)) {
            refresh();
        }
        if (leap.isNegative()) {
            return steady.plus(before.correction());
        }
        boolean setRight = leap.minus(before.correction()).abs().compareTo(ALIKE.multipliedBy(2)) <= 0;
        return setRight ? wall : wall.plus(before.correction());
    }

    /** True once for each reading. */
    private synchronized boolean doubt(Reading reading) {
        boolean isFirst = last.equals(reading) && !reading.doubted();
        if (isFirst) {
            last = reading.doubt();
        }
        return isFirst;
    }

    /** The same as a clock of the platform, in UTC. */
    public Clock clock() {
        InstantSource source = this::instant;
        return source.withZone(ZoneOffset.UTC);
    }

    /** The site's time on a host whose clock is given, such as one of a test. */
    public static SiteTime over(Clock clock) {
        return new SiteTime(new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant instant() {
                return clock.instant();
            }
        });
    }
}
