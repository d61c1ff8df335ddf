package dev.plumbline.collector.round;

import java.time.Duration;
import java.time.Instant;

/**
 * How long rounds last.
 *
 * @param every distance of scheduled rounds, which are aligned to the clock
 * @param grace how long a late summary is waited for
 * @param stageTimeout time that one stage of a probe may take
 * @param confirmations how often a failed target is probed again
 */
public record RoundTiming(Duration every, Duration grace, Duration stageTimeout, int confirmations) {
    /** Resolve, connect, and handshake with exchange. */
    private static final int STAGES = 3;

    public RoundTiming {
        if (every.toMillis() < 1 || grace.isNegative() || confirmations < 0) {
            throw new IllegalArgumentException("rounds take time, and neither grace nor confirmations are negative");
        }
    }

    /** The scheduled round that an instant belongs to. */
    public long slot(Instant now) {
        long millis = now.toEpochMilli();
        return millis - Math.floorMod(millis, every.toMillis());
    }

    /** True for rounds that begin between the slots: somebody demanded them. */
    public boolean isDemanded(long round) {
        return Math.floorMod(round, every.toMillis()) != 0;
    }

    /** A round number for a demand at this instant: never that of a slot. */
    public long demandAt(Instant now) {
        long millis = now.toEpochMilli();
        return isDemanded(millis) ? millis : millis + 1;
    }

    /** When a round is closed whoever is missing. */
    public Instant deadline(long round) {
        Duration lasts = isDemanded(round) ? stageTimeout.multipliedBy(STAGES * (1L + confirmations)) : every;
        return Instant.ofEpochMilli(round).plus(lasts).plus(grace);
    }
}
