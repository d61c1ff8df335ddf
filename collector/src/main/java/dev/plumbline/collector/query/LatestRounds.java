package dev.plumbline.collector.query;

import dev.plumbline.collector.store.Store;
import dev.plumbline.words.SegmentId;
import java.util.Map;

/** The latest round that each segment was heard in, read once for each change of the store: every answer of now asks. Any thread. */
final class LatestRounds {
    private final Store store;
    private volatile Read latest = new Read(-1, Map.of());

    private record Read(long version, Map<SegmentId, Long> rounds) {}

    LatestRounds(Store store) {
        this.store = store;
    }

    Map<SegmentId, Long> now() {
        // Asked before the rows are: what is written meanwhile is read once more.
        long version = store.version();
        Read read = latest;
        if (read.version() != version) {
            read = new Read(version, Map.copyOf(store.latestRounds()));
            latest = read;
        }
        return read.rounds();
    }
}
