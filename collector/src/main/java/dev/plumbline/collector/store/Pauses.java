package dev.plumbline.collector.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a segment was not heard, oldest first.
 *
 * @param cutAt of before this nothing is told, for there was too much; empty = all is told
 */
public record Pauses(List<Unheard> latest, Optional<Instant> cutAt) {
    public Pauses {
        latest = List.copyOf(latest);
    }
}
