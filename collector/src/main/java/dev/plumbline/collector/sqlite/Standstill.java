package dev.plumbline.collector.sqlite;

import java.time.Duration;
import java.util.Optional;

/**
 * Chooses what is logged of something that fails again and again and is tried again and again, such as writing to a full
 * disk: once when it begins, then once a minute at most, and once when it is over. Used by one thread; the time is always an
 * argument, in nanoseconds of {@link System#nanoTime}.
 */
public final class Standstill {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private boolean current;
    private long since;
    private long told;

    /**
     * It failed.
     *
     * @return what is to be logged; empty where enough was
     */
    public Optional<String> met(String problem, long now) {
        if (!current) {
            current = true;
            since = now;
            told = now;
            return Optional.of(problem);
        }
        if (now - told < BETWEEN.toNanos()) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(problem + "; so for " + words(now - since));
    }

    /**
     * It was done.
     *
     * @return how long it could not be, in words; empty where it always could
     */
    public Optional<String> over(long now) {
        if (!current) {
            return Optional.empty();
        }
        current = false;
        return Optional.of(words(now - since));
    }

    private static String words(long nanos) {
        Duration span = Duration.ofNanos(nanos);
        if (span.toMinutes() < 2) {
            return span.toSeconds() + " s";
        }
        return span.toHours() < 2 ? span.toMinutes() + " min" : span.toHours() + " h";
    }
}
