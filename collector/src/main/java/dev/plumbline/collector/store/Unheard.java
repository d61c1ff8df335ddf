package dev.plumbline.collector.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which nothing new was known of a segment.
 *
 * @param round the latest that had closed
 * @param from when that was too long ago
 * @param to when a later one closed; empty = none has
 */
public record Unheard(Instant round, Instant from, Optional<Instant> to) {
    public Unheard {
        if (to.filter(from::isAfter).isPresent()) {
            throw new IllegalArgumentException("it ends at " + to + " and begins at " + from);
        }
    }
}
