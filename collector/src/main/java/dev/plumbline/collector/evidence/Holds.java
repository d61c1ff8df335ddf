package dev.plumbline.collector.evidence;

import dev.plumbline.words.Hold;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The latest quiet connections of each segment: a set, so that order and duplicates change nothing, and a bounded one. In
 * memory only; after a restart what was held before is forgotten, and seen again as connections end.
 */
public final class Holds {
    /** What ended longer ago says nothing of today. */
    public static final Duration WINDOW = Duration.ofHours(24);

    /** Of one segment, the latest by the time at which they were opened. */
    static final int KEPT = 256;

    private static final Comparator<Hold> BY_TIME = Comparator.comparing(Hold::openedAt)
            .thenComparing(Hold::target)
            .thenComparing(hold -> hold.remote().toString())
            .thenComparing(hold -> hold.local().toString())
            .thenComparing(Hold::idle)
            .thenComparing(Hold::end);

    private final Map<SegmentId, TreeSet<Hold>> bySegment = new HashMap<>();

    public void add(SegmentId segment, Collection<Hold> holds) {
        if (holds.isEmpty()) {
            return;
        }
        TreeSet<Hold> kept = bySegment.computeIfAbsent(segment, s -> new TreeSet<>(BY_TIME));
        kept.addAll(holds);
        while (kept.size() > KEPT) {
            kept.pollFirst();
        }
    }

    /** What ended in the window before an instant, port by port. */
    public List<HoldReading> readings(SegmentId segment, Instant until) {
        return HoldReading.of(bySegment.getOrDefault(segment, new TreeSet<>(BY_TIME)).stream()
                .filter(hold -> !HoldReading.endOf(hold).isAfter(until)
                        && HoldReading.endOf(hold).isAfter(until.minus(WINDOW)))
                .toList());
    }
}
