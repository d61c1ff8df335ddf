package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The plan of each declared segment, as if its agents were alone behind their public address. */
record Plans(Map<SegmentId, Plan> bySegment) {
    Plans {
        bySegment = Map.copyOf(bySegment);
    }

    static Plans of(Catalog catalog, Site site, Plan.Settings settings) {
        return new Plans(site.segments().stream()
                .collect(Collectors.toMap(Segment::id, s -> PlanCodec.seal(Planner.plan(catalog, site, s, settings)))));
    }

    Plan plan(SegmentId segment) {
        return Objects.requireNonNull(bySegment.get(segment), "only declared segments are judged");
    }
}
