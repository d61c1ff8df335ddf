package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.query.Declared;
import dev.plumbline.words.SegmentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small sites as their owners declare them, for tests. */
public final class Sites {
    public static final Segment WIFI_SEGMENT =
            new Segment(Samples.WIFI, "Wi-Fi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of("10.1.0.0/16"), "wifi");

    private Sites() {}

    /** The campus, which uses all services on all platforms. */
    public static Site of(Segment... segments) {
        return new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                Set.of(Service.values()),
                Set.of(Platform.values()),
                List.of(segments));
    }

    /** What a collector knows of a site, with the plan of each segment. */
    public static Declared planned(Site site) {
        Map<SegmentId, Plan> plans = new HashMap<>();
        for (Segment segment : site.segments()) {
            plans.put(segment.id(), Planner.plan(Catalog.builtIn(), site, segment, Plan.Settings.DEFAULT));
        }
        return new Declared(Catalog.builtIn(), site, plans);
    }
}
