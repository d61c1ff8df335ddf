package dev.plumbline.agent.schedule;

import dev.plumbline.words.Observation;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest observations of each target, to be used again while its minimum interval forbids a new probe. Any thread. */
final class LastFacts {
    private final Map<TargetId, List<Observation>> latest = new HashMap<>();

    /** The tries of one round belong together; the first of another round replaces them. */
    synchronized void add(Observation observation) {
        List<Observation> tries = latest.computeIfAbsent(observation.target(), t -> new ArrayList<>());
        if (!tries.isEmpty() && tries.get(0).round() != observation.round()) {
            tries.clear();
        }
        tries.add(observation);
    }

    /** True when the latest observation of the target was made in this round. */
    synchronized boolean isOf(TargetId target, long round) {
        List<Observation> tries = latest.getOrDefault(target, List.of());
        return !tries.isEmpty() && tries.get(0).round() == round;
    }

    /** For targets that the round skips as too soon: what was last seen, under this round and with its own time. */
    synchronized List<Observation> forRound(Assignment assignment) {
        return assignment.skipped().entrySet().stream()
                .filter(e -> e.getValue() == SkipReason.TOO_SOON)
                .flatMap(e -> latest.getOrDefault(e.getKey(), List.of()).stream())
                .map(o -> o.inRound(assignment.round()))
                .toList();
    }
}
