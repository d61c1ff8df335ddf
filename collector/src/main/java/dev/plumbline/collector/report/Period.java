package dev.plumbline.collector.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time that has a length.
 *
 * @param from its first moment
 * @param to the first moment after it
 */
public record Period(Instant from, Instant to) {
    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period ends after it begins: from " + from + " to " + to);
        }
    }

    /** Empty where it has no length. */
    public static Optional<Period> between(Instant from, Instant to) {
        return from.isBefore(to) ? Optional.of(new Period(from, to)) : Optional.empty();
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** What of another one lies within this. */
    public Optional<Period> within(Period other) {
        return between(from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
    }
}
