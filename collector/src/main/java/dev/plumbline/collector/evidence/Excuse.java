package dev.plumbline.collector.evidence;

import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Observation;
import java.time.Duration;
import java.util.Optional;

/**
 * An agent whose own loops stood still did not hear what was said meanwhile, and one whose packets queue for seconds asks more
 * than its line carries: their time-outs prove nothing.
 */
final class Excuse {
    /** A loop that stood still for longer than this makes the host's own time-outs worthless. */
    private static final Duration LARGEST_LAG = Duration.ofMillis(500);

    /** Packets that waited for longer made even a healthy answer late. */
    private static final Duration LARGEST_QUEUE = Duration.ofSeconds(1);

    private Excuse() {}

    /** Whether there is one at all, whatever failed. */
    static boolean standsFor(Observation observation) {
        return observation.loopLag().compareTo(LARGEST_LAG) > 0
                || observation.queueing().compareTo(LARGEST_QUEUE) > 0;
    }

    /** Why a failure is no evidence; empty when it is some. */
    static Optional<String> of(FailureKind failure, Observation observation) {
        // A truncated answer fails by the silence over TCP that follows it.
        boolean timedOut = failure.isSilence() || failure == FailureKind.DNS_TRUNCATED;
        if (timedOut && observation.loopLag().compareTo(LARGEST_LAG) > 0) {
            return Optional.of(
                    "the agent's host stood still for " + observation.loopLag().toMillis() + " ms: no evidence");
        }
        if (timedOut && observation.queueing().compareTo(LARGEST_QUEUE) > 0) {
            return Optional.of("answers came " + observation.queueing().toMillis()
                    + " ms late at the time, a narrow line was full: no evidence");
        }
        return Optional.empty();
    }
}
