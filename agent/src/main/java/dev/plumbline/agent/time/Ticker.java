package dev.plumbline.agent.time;

import java.time.Duration;
import java.time.Instant;

/** The agent's clocks: elapsed time from one that never jumps, instants from the one that people read. */
public interface Ticker {
    /** Nanoseconds of a clock that only goes forward; its zero means nothing. */
    long nanos();

    /** UTC as this host believes it. */
    Instant instant();

    /** Time since a reading of {@link #nanos()}. */
    default Duration since(long startNanos) {
        return Duration.ofNanos(Math.max(0, nanos() - startNanos));
    }

    /** The clocks of this host. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant instant() {
                return Instant.now();
            }
        };
    }
}
