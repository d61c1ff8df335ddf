package dev.plumbline.collector.query;

import dev.plumbline.collector.store.Store;
import dev.plumbline.v1.Cell;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
import java.util.Map;

/** The latest cells of all segments, read once for each change of the store: a whole site is some thousands. Any thread. */
final class StoredCells {
    private final Store store;
    private volatile Read latest = new Read(-1, Map.of());

    private record Read(long version, Map<SegmentId, Map<TargetId, Cell>> cells) {}

    StoredCells(Store store) {
        this.store = store;
    }

    Map<TargetId, Cell> of(SegmentId segment) {
        // Asked before the rows are: what is written meanwhile is read once more.
        long version = store.version();
        Read read = latest;
        if (read.version() != version) {
            read = new Read(version, read());
            latest = read;
        }
        return read.cells().getOrDefault(segment, Map.of());
    }

    private Map<SegmentId, Map<TargetId, Cell>> read() {
        Map<SegmentId, Map<TargetId, Cell>> all = new HashMap<>();
        store.shownCells()
                .forEach(c -> all.computeIfAbsent(new SegmentId(c.getSegment()), s -> new HashMap<>())
                        .put(new TargetId(c.getTargetId()), c));
        return all;
    }
}
