package dev.plumbline.collector.compare;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One of two sides.
 *
 * @param name for people
 * @param targets all that the side speaks of
 * @param open incidents that act on it
 */
public record Side(String name, Map<TargetId, Shown> targets, List<Incident> open) {
    public Side {
        targets = new TreeMap<>(targets);
        open = List.copyOf(open);
    }

    /** The same of these targets alone. */
    public Side only(Set<TargetId> some) {
        Map<TargetId, Shown> kept = new TreeMap<>(targets);
        kept.keySet().retainAll(some);
        return new Side(name, kept, open);
    }
}
