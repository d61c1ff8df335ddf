package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import java.util.Collections;
import java.util.List;

/** From catalog, site and segment to the targets that an agent probes, and which of them the segment owes. */
public final class Planner {
    private Planner() {}

    /**
     * The plan of a segment, not sealed yet: its hash is empty. Targets are in the order of their ids.
     */
    public static Plan plan(Catalog catalog, Site site, Segment segment, Plan.Settings settings) {
        return Plan.of(site.id(), segment.id(), belonging(catalog.targets(), site, segment), settings);
    }

    /** Those of the targets that an agent of the segment probes, in the order of their ids. */
    public static List<Target> belonging(List<Target> targets, Site site, Segment segment) {
        return targets.stream()
                .filter(t -> belongs(t, site, segment))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** True when the edition in force demands the target of this segment: a failure breaks something. */
    public static boolean required(Target target, Site site, Segment segment) {
        return target.obligation() == Obligation.REQUIRED
                && target.isIn(site.edition())
                && used(target, site)
                && needed(target, segment);
    }

    /**
     * True when the edition in force lets this segment do without the target: to deny its name is an administrator's choice, to
     * let its packets vanish is none.
     */
    public static boolean optional(Target target, Site site, Segment segment) {
        return target.obligation() == Obligation.OPTIONAL_BY_POLICY
                && target.isIn(site.edition())
                && used(target, site)
                && needed(target, segment);
    }

    private static boolean belongs(Target target, Site site, Segment segment) {
        return switch (target.obligation()) {
            case CONTROL -> true;
            case REQUIRED, OPTIONAL_BY_POLICY, RETIRED ->
                used(target, site) && (segment.kind().isControl() || needed(target, segment));
        };
    }

    private static boolean used(Target target, Site site) {
        return site.services().containsAll(target.services())
                && (target.platforms().isEmpty() || !Collections.disjoint(target.platforms(), site.platforms()));
    }

    private static boolean needed(Target target, Segment segment) {
        return !Collections.disjoint(target.roles(), segment.roles());
    }
}
