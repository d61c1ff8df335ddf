package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which targets each segment owes: asked of every cell of every round, and the same as long as site and plans are. */
final class Duties {
    private final Map<SegmentId, List<Target>> targets = new HashMap<>();
    private final Map<SegmentId, Set<TargetId>> ids = new HashMap<>();

    /** @param planned the targets of each segment's plan */
    Duties(Site site, Function<SegmentId, Collection<Target>> planned) {
        for (Segment segment : site.segments()) {
            List<Target> owed = planned.apply(segment.id()).stream()
                    .filter(t -> Planner.required(t, site, segment))
                    .toList();
            targets.put(segment.id(), owed);
            ids.put(segment.id(), owed.stream().map(Target::id).collect(Collectors.toSet()));
        }
    }

    /** Those of the segment's plan that the edition in force demands of it. */
    List<Target> of(SegmentId segment) {
        return targets.getOrDefault(segment, List.of());
    }

    /** @param target of the segment's plan */
    boolean owes(SegmentId segment, TargetId target) {
        return ids.getOrDefault(segment, Set.of()).contains(target);
    }
}
