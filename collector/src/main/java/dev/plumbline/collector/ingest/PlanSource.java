package dev.plumbline.collector.ingest;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.SegmentId;
import java.util.Optional;

/** Which sealed plan the agents of a segment are to follow; empty for a segment that the site does not declare. */
@FunctionalInterface
public interface PlanSource {
    Optional<Plan> planFor(SegmentId segment);
}
