package dev.plumbline.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The facts of one probe of one target.
 *
 * @param round the round of the whole site: epoch milliseconds of its beginning
 * @param tryNumber 1 = first try of the round, 2 and more = confirmations of a failure
 * @param loopLag longest delay of the agent's own event loop while the probe ran
 * @param queueing by how much several connects of the agent were answered later than the best ever while the probe ran
 */
public record Observation(
        TargetId target,
        long round,
        int tryNumber,
        Instant startedAt,
        Duration elapsed,
        List<Lookup> lookups,
        List<Attempt> attempts,
        Duration loopLag,
        Duration queueing) {
    public Observation {
        if (tryNumber < 1) {
            throw new IllegalArgumentException("tries are counted from 1, not " + tryNumber);
        }
        lookups = List.copyOf(lookups);
        attempts = List.copyOf(attempts);
    }

    /** Facts from a line that was never seen to queue. */
    public Observation(
            TargetId target,
            long round,
            int tryNumber,
            Instant startedAt,
            Duration elapsed,
            List<Lookup> lookups,
            List<Attempt> attempts,
            Duration loopLag) {
        this(target, round, tryNumber, startedAt, elapsed, lookups, attempts, loopLag, Duration.ZERO);
    }

    /** The same facts under another round. */
    public Observation inRound(long other) {
        return new Observation(target, other, tryNumber, startedAt, elapsed, lookups, attempts, loopLag, queueing);
    }

    /** The same facts as those of another try. */
    public Observation asTry(int number) {
        return new Observation(target, round, number, startedAt, elapsed, lookups, attempts, loopLag, queueing);
    }

    /** The attempts without those through a proxy, which say nothing of the direct way. */
    public List<Attempt> directAttempts() {
        for (Attempt attempt : attempts) {
            if (!attempt.isDirect()) {
                return attempts.stream().filter(Attempt::isDirect).toList();
            }
        }
        return attempts;
    }

    /** Of what tells observations apart; the facts are too many to be gone through for it. */
    @Override
    public int hashCode() {
        return Objects.hash(target, round, tryNumber, startedAt, elapsed, lookups.size(), attempts.size());
    }
}
