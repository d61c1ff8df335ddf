package dev.plumbline.collector.compare;

import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import java.util.Optional;

/**
 * What one side shows of a target.
 *
 * @param soft seen once, not yet confirmed
 */
public record Shown(State state, String because, boolean soft, Seen seen) {
    /** Why it is no ground for a comparison; empty when it is one. */
    Optional<String> whyUnknown() {
        return switch (state) {
            case INSUFFICIENT, NOT_YET_RUN -> Optional.of(because);
            case OK, BLOCKED, INTERCEPTED, PROXIED, IMPAIRED, DOWN, MAINTENANCE, WAIVED, FLAPPING, OPTIONAL_OFF ->
                soft ? Optional.of("seen once and not confirmed: " + because) : Optional.empty();
        };
    }

    boolean works() {
        return state == State.OK;
    }
}
