package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the silence of targets weighs, round after round: it adds up until something of the target answers. In memory, of the
 * latest rounds; what is forgotten with a restart is seen again. A round that is judged again replaces what it said.
 */
final class SilentRounds {
    private static final int KEPT = 16;

    private final Map<SegmentId, TreeMap<Long, Map<TargetId, Double>>> bySegment = new HashMap<>();

    /** Of the latest round of this segment before this one. */
    Map<TargetId, Double> before(SegmentId segment, long round) {
        Map.Entry<Long, Map<TargetId, Double>> latest =
                bySegment.getOrDefault(segment, new TreeMap<>()).lowerEntry(round);
        return latest == null ? Map.of() : latest.getValue();
    }

    /** @param segment with what stands and what does not */
    void learn(SegmentCase segment, long round) {
        SegmentReading reading = segment.reading();
        Map<TargetId, Double> before = before(reading.segment().id(), round);
        Map<TargetId, List<PointReading>> silent = new HashMap<>();
        for (TargetReading target : reading.targets().values()) {
            if (target.any(p -> p.silentTries() > 0) && !target.any(SilentRounds::answers)) {
                silent.put(
                        target.target().id(),
                        target.points().stream()
                                .filter(p -> p.silentTries() > 0)
                                .toList());
            }
        }
        Set<TargetId> drawn = new HashSet<>(silent.keySet());
        drawn.removeAll(explained(segment));
        Scale scale = new Scale(reading);
        Map<TargetId, Double> now = new HashMap<>();
        silent.forEach((id, points) -> {
            int others = drawn.size() - (drawn.contains(id) ? 1 : 0);
            now.put(id, before.getOrDefault(id, 0.0) + scale.weight(points, others));
        });
        // A round that did not ask a target says nothing of it.
        before.forEach((id, weight) -> {
            if (reading.target(id).isEmpty()) {
                now.put(id, weight);
            }
        });
        TreeMap<Long, Map<TargetId, Double>> rounds =
                bySegment.computeIfAbsent(reading.segment().id(), s -> new TreeMap<>());
        rounds.put(round, Map.copyOf(now));
        while (rounds.size() > KEPT) {
            rounds.pollFirstEntry();
        }
    }

    /** Of which a cause is told or suspected, here or for everybody. */
    private static Set<TargetId> explained(SegmentCase segment) {
        return Stream.concat(
                        segment.everywhere().stream(),
                        Stream.concat(segment.claims().stream(), segment.suspected().stream())
                                .flatMap(c -> c.failing().stream())
                                .map(Claim.Failing::target))
                .map(target -> target.target().id())
                .collect(Collectors.toSet());
    }

    /** Nothing failed there, or somebody said something: a rule that drops lets neither through. */
    private static boolean answers(PointReading point) {
        return !point.symptom().isSilence() && (point.proved() || point.failed());
    }
}
