package dev.plumbline.agent.stream;

import java.time.Duration;

/** How long to wait before trying again: doubling, bounded, spread so that agents do not come back all at once. */
final class BackOff {
    static final Duration SHORTEST = Duration.ofMillis(200);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private BackOff() {}

    /**
     * @param failures in a row, from 1
     * @param random from 0 to 1: the wait lies between half of the span and all of it
     */
    static Duration after(int failures, double random) {
        long span = failures > 20
                ? LONGEST.toMillis()
                : Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << Math.max(0, failures - 1));
        return Duration.ofMillis(Math.max(SHORTEST.toMillis(), (long) (span * (0.5 + random / 2))));
    }
}
