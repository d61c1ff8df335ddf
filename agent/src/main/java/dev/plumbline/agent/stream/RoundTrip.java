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
     * @param sent and {@code received} by this host's clock; one that jumped backwards between them bounds nothing
     */
    static ClockOffset offset(Instant sent, Instant other, Instant received) {
        Duration half = Duration.between(sent, received).abs().dividedBy(2);
        return new ClockOffset(Duration.between(sent.plus(half), other), half, received);
    }
}
