package dev.plumbline.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The facts of one probe of one target.
 *
 * @param round the round of the whole site: epoch milliseconds of its beginning
 * @param tryNumber 1 = first try of the round, 2 and more = confirmations of a failure
 * @param loopLag longest delay of the agent's own event loop while the probe ran
 */
public record Observation(
        TargetId target,
        long round,
        int tryNumber,
        Instant startedAt,
        Duration elapsed,
        List<Lookup> lookups,
        List<Attempt> attempts,
        Duration loopLag) {
    public Observation {
        if (tryNumber < 1) {
            throw new IllegalArgumentException("tries are counted from 1, not " + tryNumber);
        }
        lookups = List.copyOf(lookups);
        attempts = List.copyOf(attempts);
    }

    /** The attempts without those through a proxy, which say nothing of the direct way. */
    public List<Attempt> directAttempts() {
        return attempts.stream().filter(Attempt::isDirect).toList();
    }
}
