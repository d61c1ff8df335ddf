package dev.plumbline.agent.hold;

import dev.plumbline.words.Hold;
import java.util.Optional;

/**
 * What came of a connection that was to be held.
 *
 * @param hold the fact, empty when the connection never stood or was given up
 * @param why a sentence when there is no fact
 */
public record HoldOutcome(Optional<Hold> hold, String why) {
    public HoldOutcome {
        if (hold.isPresent() != why.isEmpty()) {
            throw new IllegalArgumentException("either a fact or a sentence why there is none");
        }
    }

    static HoldOutcome of(Hold hold) {
        return new HoldOutcome(Optional.of(hold), "");
    }

    static HoldOutcome none(String why) {
        return new HoldOutcome(Optional.empty(), why);
    }
}
