package dev.plumbline.collector.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that is remembered of one receiver.
 *
 * @param told by incident
 * @param quietSince when its quiet hours began; empty outside of them
 * @param waiting incidents of which a message waits to be delivered
 * @param untried those of them of which nothing was ever sent
 */
public record Memory(Map<String, Told> told, Optional<Instant> quietSince, Set<String> waiting, Set<String> untried) {
    public static final Memory NOTHING = new Memory(Map.of(), Optional.empty(), Set.of(), Set.of());

    public Memory {
        told = Map.copyOf(told);
        waiting = Set.copyOf(waiting);
        untried = Set.copyOf(untried);
    }

    public static Memory of(
            Collection<Told> told, Optional<Instant> quietSince, Set<String> waiting, Set<String> untried) {
        Map<String, Told> byIncident = new TreeMap<>();
        told.forEach(t -> byIncident.put(t.incident(), t));
        return new Memory(byIncident, quietSince, waiting, untried);
    }
}
