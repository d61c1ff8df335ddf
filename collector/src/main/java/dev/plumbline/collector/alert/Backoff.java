package dev.plumbline.collector.alert;

import java.time.Duration;

/**
 * How long to wait before a message is tried again: exponential with full jitter, so that receivers which come back are not met by
 * all senders at once.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and jitter</a>
 */
public final class Backoff {
    public static final Duration FIRST = Duration.ofSeconds(5);
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** Whoever asks for more patience than that gets this much. */
    public static final Duration LONGEST_DEMANDED = Duration.ofHours(1);

    private static final int DOUBLINGS = 20;

    private Backoff() {}

    /** The most that is waited after so many tries in vain, the first of which is 1. */
    static Duration ceiling(int tries, Duration longest) {
        if (tries < 1) {
            throw new IllegalArgumentException("nothing is tried again before it was tried");
        }
        Duration span = FIRST.multipliedBy(1L << Math.min(tries - 1, DOUBLINGS));
        Duration bound = longest.compareTo(LONGEST) < 0 ? longest : LONGEST;
        return span.compareTo(bound) < 0 ? span : bound;
    }

    /**
     * @param chance from 0 to 1, drawn anew for each try
     * @param demanded the least that the receiver asked for; zero where it asked for nothing
     * @param longest what is waited at most where it did not, below {@link #LONGEST}
     */
    public static Duration pause(int tries, double chance, Duration demanded, Duration longest) {
        Duration drawn = Duration.ofMillis(Math.round(ceiling(tries, longest).toMillis() * chance));
        Duration least = demanded.compareTo(LONGEST_DEMANDED) < 0 ? demanded : LONGEST_DEMANDED;
        return drawn.compareTo(least) < 0 ? least : drawn;
    }
}
