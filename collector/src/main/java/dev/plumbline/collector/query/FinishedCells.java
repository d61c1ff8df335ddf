package dev.plumbline.collector.query;

import dev.plumbline.collector.store.Store;
import dev.plumbline.v1.Cell;
import dev.plumbline.words.SegmentId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The matrix of now as it is told of segments that are looked at, made once for each change of the store or of what is declared:
 * it is what is asked most. Any thread.
 */
final class FinishedCells {
    private final Store store;
    private volatile Made latest;

    /** @param declared which has no equals of its own: another one may have other targets */
    private record Made(long version, Declared declared, Map<SegmentId, List<Cell>> rows) {}

    FinishedCells(Store store, Declared declared) {
        this.store = store;
        this.latest = new Made(store.version(), declared, new ConcurrentHashMap<>());
    }

    List<Cell> of(SegmentId segment, Declared declared, Supplier<List<Cell>> make) {
        // Asked before the rows are: what is written meanwhile is made once more.
        long version = store.version();
        Made made = latest;
        if (made.version() != version || !made.declared().equals(declared)) {
            made = new Made(version, declared, new ConcurrentHashMap<>());
            latest = made;
        }
        return made.rows().computeIfAbsent(segment, s -> make.get());
    }
}
