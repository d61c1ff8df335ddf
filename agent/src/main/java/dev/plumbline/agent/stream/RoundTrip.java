package dev.plumbline.agent.stream;

import dev.plumbline.words.Surroundings.ClockOffset;
import java.time.Duration;
import java.time.Instant;

/** Another clock, read by one question and its answer. */
final class RoundTrip {
    private RoundTrip() {}

    /**
     * The other clock was read at some instant between the two; it is taken to be the middle.
     *
     * @param took by a clock that does not jump: this host's may have been set between question and answer
     * @param received by this host's clock
     */
    static ClockOffset offset(Duration took, Instant other, Instant received) {
        Duration half = took.dividedBy(2);
        return new ClockOffset(Duration.between(received.minus(half), other), half, received);
    }
}
