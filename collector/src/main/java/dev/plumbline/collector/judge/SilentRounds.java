package dev.plumbline.collector.judge;

import dev.plumbline.collector.confirm.SequentialTest;
import dev.plumbline.collector.evidence.Loss;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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

    void learn(SegmentReading reading, long round) {
        Map<TargetId, Double> before = before(reading.segment().id(), round);
        Loss loss = reading.loss();
        Map<TargetId, Double> now = new HashMap<>();
        for (TargetReading target : reading.readings()) {
            TargetId id = target.target().id();
            int tries =
                    target.points().stream().mapToInt(PointReading::silentTries).sum();
            if (tries > 0 && target.points().stream().noneMatch(SilentRounds::answers)) {
                now.put(id, before.getOrDefault(id, 0.0) + SequentialTest.weight(tries, loss));
            }
        }
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

    /** Nothing failed there, or somebody said something: a rule that drops lets neither through. */
    private static boolean answers(PointReading point) {
        return !point.symptom().isSilence() && (point.proved() || point.failed());
    }
}
