package dev.plumbline.collector.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a receiver was told last of a cause, or is about to be told: messages that wait count.
 *
 * @param at when that was decided, or when what followed it was given up
 * @param refusal what it refused to hear of the cause since
 */
public record Told(Alert alert, Instant at, Optional<Refusal> refusal) {
    /** A receiver that calls a message wrong may do so each time, and somebody may have mended that. */
    static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    /** A kind of message that the receiver called wrong. */
    public record Refusal(Alert.Kind kind, Instant at) {}

    public Told(Alert alert, Instant at) {
        this(alert, at, Optional.empty());
    }

    String incident() {
        return alert.finding();
    }

    /** True where it refused to hear that the cause began: then it takes nothing to be open. */
    boolean isUnheard() {
        return refusal.filter(r -> r.kind() == Alert.Kind.OPENED).isPresent();
    }

    boolean mayBeTold(Alert.Kind kind, Instant now) {
        return refusal.filter(r -> r.kind() == kind && now.isBefore(r.at().plus(AFTER_REFUSAL)))
                .isEmpty();
    }
}
