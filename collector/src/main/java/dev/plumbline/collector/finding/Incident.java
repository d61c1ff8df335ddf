package dev.plumbline.collector.finding;

import java.time.Instant;
import java.util.Optional;

/**
 * A finding over time.
 *
 * @param id stable while it is open
 * @param finding as its latest round showed it
 * @param round the latest round that showed it
 */
public record Incident(String id, Finding finding, Instant openedAt, Optional<Instant> closedAt, long round) {
    public boolean isOpen() {
        return closedAt.isEmpty();
    }
}
