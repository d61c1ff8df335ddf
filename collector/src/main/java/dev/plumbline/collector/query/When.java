package dev.plumbline.collector.query;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.store.VerdictMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Of when somebody asks.
 *
 * @param at as it was known then; empty = now
 * @param since only what became otherwise after this
 */
record When(Optional<Instant> at, Optional<Instant> since) {
    /** By which the clocks of those who ask may be ahead when they say since now. */
    static final Duration AHEAD = Duration.ofMinutes(1);

    static final When NOW = new When(Optional.empty(), Optional.empty());

    static When of(Optional<Timestamp> at, Optional<Timestamp> since, Instant now) throws FieldViolation {
        Optional<Instant> then = past("at", at, now);
        Optional<Instant> from = past("since", since, now, AHEAD).map(t -> t.isAfter(now) ? now : t);
        if (then.isPresent() && from.isPresent() && from.get().isAfter(then.get())) {
            throw new FieldViolation(
                    "since",
                    from.get() + " is later than at, " + then.get() + "; ask for a time before it, or leave one out");
        }
        return new When(then, from);
    }

    /** @param field as the request calls it */
    static Optional<Instant> past(String field, Optional<Timestamp> told, Instant now) throws FieldViolation {
        return past(field, told, now, Duration.ZERO);
    }

    static Optional<Instant> past(String field, Optional<Timestamp> told, Instant now, Duration ahead)
            throws FieldViolation {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        Instant at;
        try {
            at = VerdictMessages.instant(told.get());
        } catch (IllegalArgumentException e) {
            throw new FieldViolation(field, e.getMessage() + "; ask for one such as " + now);
        }
        if (at.isAfter(now.plus(ahead))) {
            throw new FieldViolation(
                    field,
                    at + " is still to come, it is " + now + "; ask for a time that is past, or leave it out for now");
        }
        if (at.isBefore(Instant.EPOCH)) {
            throw new FieldViolation(field, at + " is before anything was measured; ask for one such as " + now);
        }
        return Optional.of(at);
    }

    boolean isNow() {
        return at.isEmpty();
    }
}
