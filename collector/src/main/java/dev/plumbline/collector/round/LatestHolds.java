package dev.plumbline.collector.round;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.Hold;
import dev.plumbline.words.SegmentId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest holds of each segment, in the order in which they came, in memory only. Any thread. */
public final class LatestHolds {
    static final int KEPT = 256;

    private final Map<SegmentId, Deque<Hold>> bySegment = new HashMap<>();

    public synchronized void take(AgentId agent, List<Hold> holds) {
        if (holds.isEmpty()) {
            return;
        }
        Deque<Hold> kept = bySegment.computeIfAbsent(agent.segment(), s -> new ArrayDeque<>());
        kept.addAll(holds);
        while (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    public synchronized List<Hold> of(SegmentId segment) {
        return List.copyOf(bySegment.getOrDefault(segment, new ArrayDeque<>()));
    }
}
