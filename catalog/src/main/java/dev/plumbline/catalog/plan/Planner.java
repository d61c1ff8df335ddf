package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** From catalog, site and segment to the targets that an agent probes, and which of them the segment owes. */
public final class Planner {
    private Planner() {}

    /**
     * The plan of a segment, not sealed yet: its hash is empty. Targets are in the order of their ids. What some segment must
     * not reach is probed by all: that it is denied here is only shown where somebody else reaches it.
     */
    public static Plan plan(Catalog catalog, Site site, Segment segment, Plan.Settings settings) {
        List<Target> targets = Stream.concat(
                        belonging(catalog.targets(), site, segment).stream(),
                        site.denied().stream().map(DeniedTarget::of))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        return Plan.of(site.id(), segment.id(), targets, settings);
    }

    /**
     * Sentences about what a segment must not reach though the edition in force asks it to, or under an id that is taken.
     * Empty for a site that agrees with itself.
     */
    public static List<String> contradictions(Catalog catalog, Site site) {
        List<String> sentences = new ArrayList<>();
        for (Segment segment : site.segments()) {
            for (Denied denied : segment.mustNotReach()) {
                catalog.targets().stream()
                        .filter(t -> required(t, site, segment) && meets(denied, t))
                        .findFirst()
                        .ifPresent(t -> sentences.add("segment " + segment.id() + " must not reach " + denied + ", but "
                                + site.edition() + " requires target " + t.id()
                                + " of it; take it out of must-not-reach, or the service or role that asks for it out of"
                                + " the site"));
                catalog.target(denied.target())
                        .ifPresent(t -> sentences.add("segment " + segment.id() + " must not reach " + denied
                                + ", but an overlay has a target " + t.id() + " of its own; give that another id"));
            }
        }
        return sentences;
    }

    private static boolean meets(Denied denied, Target target) {
        return target.transport().equals(Transport.TCP)
                && target.port() == denied.port()
                && target.hosts().contains(denied.host());
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
