package dev.plumbline.collector.ingest;

import java.util.HashMap;
import java.util.Map;

/** How many there are of each; a key that has none takes no room. Not thread-safe. */
final class Tally<K> {
    private final Map<K, Integer> counts = new HashMap<>();

    int of(K key) {
        return counts.getOrDefault(key, 0);
    }

    void enter(K key) {
        counts.merge(key, 1, Integer::sum);
    }

    void leave(K key) {
        counts.computeIfPresent(key, (k, count) -> count > 1 ? count - 1 : null);
    }
}
