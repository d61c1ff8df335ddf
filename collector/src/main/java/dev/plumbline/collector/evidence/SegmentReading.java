package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.Environment;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one segment's agents saw in one round.
 *
 * @param environment of the agent whose facts these are, empty when its summary is not in
 * @param holds quiet connections of all agents of the segment that ended by the end of the round, port by port
 */
public record SegmentReading(
        Segment segment,
        String agent,
        Optional<Environment> environment,
        Map<TargetId, TargetReading> targets,
        List<HoldReading> holds) {
    public SegmentReading {
        targets = Map.copyOf(targets);
        holds = List.copyOf(holds);
    }

    public Optional<TargetReading> target(TargetId id) {
        return Optional.ofNullable(targets.get(id));
    }

    /** In order of target id. */
    public List<TargetReading> readings() {
        return targets.values().stream()
                .sorted((a, b) -> a.target().id().compareTo(b.target().id()))
                .toList();
    }

    /** What all connections of the round tell of packets that were lost. */
    public Loss loss() {
        return targets.values().stream().map(TargetReading::loss).reduce(Loss.UNKNOWN, Loss::and);
    }

    /** Every point of every target, in order of target id. */
    public List<PointReading> points() {
        return readings().stream().flatMap(r -> r.points().stream()).toList();
    }
}
