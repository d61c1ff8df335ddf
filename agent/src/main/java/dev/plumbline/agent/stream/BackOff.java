package dev.plumbline.agent.stream;

import java.time.Duration;

/**
 * How long to wait before trying again: anything up to a span that doubles and is bounded, so that agents that lost the collector
 * together do not come back together ("full jitter").
 */
final class BackOff {
    /** The span after the first failure. */
    static final Duration SHORTEST = Duration.ofMillis(200);

    static final Duration LONGEST = Duration.ofSeconds(30);

    /** Nobody tries faster, whatever chance says. */
    static final Duration LEAST = Duration.ofMillis(50);

    private BackOff() {}

    /**
     * @param failures in a row, from 1
     * @param random from 0 to 1: the wait lies between nothing and all of the span
     */
    static Duration after(int failures, double random) {
        long span = failures > 20
                ? LONGEST.toMillis()
                : Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << Math.max(0, failures - 1));
        return Duration.ofMillis(Math.max(LEAST.toMillis(), (long) (span * random)));
    }
}
