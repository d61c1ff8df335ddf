package dev.plumbline.collector.query;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.remedy.WorkOrder;
import dev.plumbline.v1.SourceRow;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the site declares: its segments, and the targets of each with where they come from. */
public final class Declared {
    /** A matrix tells one for each of its cells. */
    private static final Map<Service, String> WORDS =
            Arrays.stream(Service.values()).collect(Collectors.toUnmodifiableMap(s -> s, Words::of));

    private final Catalog catalog;
    private final Site site;
    private final Map<SegmentId, Map<TargetId, Target>> targets = new TreeMap<>();

    public Declared(Catalog catalog, Site site, Map<SegmentId, Plan> plans) {
        this.catalog = catalog;
        this.site = site;
        for (Segment segment : site.segments()) {
            Map<TargetId, Target> byId = new TreeMap<>();
            Plan plan = plans.get(segment.id());
            if (plan != null) {
                plan.targets().forEach(t -> byId.put(t.id(), t));
            }
            targets.put(segment.id(), byId);
        }
    }

    Site site() {
        return site;
    }

    Segment segment(String id) throws Refusal {
        return segment("segment", id);
    }

    /** @param field of the request that names it */
    Segment segment(String field, String id) throws Refusal {
        for (Segment segment : site.segments()) {
            if (segment.id().value().equals(id)) {
                return segment;
            }
        }
        throw Refusal.notFound(field, "no segment '" + id + "' is declared; declared are " + names());
    }

    private String names() {
        return site.segments().stream().map(s -> s.id().value()).collect(Collectors.joining(", "));
    }

    void checkPlace(String place) throws Refusal {
        if (!place.equals("site") && !place.equals("apple")) {
            segment("place", place);
        }
    }

    /** In order of id. */
    List<Target> targets(Segment segment) {
        return List.copyOf(targetsOf(segment).values());
    }

    Target target(Segment segment, String id) throws Refusal {
        for (Target target : targetsOf(segment).values()) {
            if (target.id().value().equals(id)) {
                return target;
            }
        }
        List<String> near = targetsOf(segment).keySet().stream()
                .map(TargetId::value)
                .filter(t -> t.contains(id) || id.contains(t) || host(t).equals(host(id)))
                .limit(5)
                .toList();
        throw Refusal.notFound(
                "target_id",
                "no target '" + id + "' is in the plan of segment " + segment.id()
                        + (near.isEmpty()
                                ? "; plumbline catalog targets lists them all"
                                : "; near are " + String.join(", ", near)));
    }

    private static String host(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    /** @param field of the request that names it */
    String edition(String field, String id) throws Refusal {
        if (catalog.edition(id).isEmpty()) {
            throw Refusal.notFound(
                    field,
                    "no edition '" + id + "' is in the catalog; it has "
                            + catalog.editions().stream().map(Edition::id).collect(Collectors.joining(", ")));
        }
        return id;
    }

    /** Targets of a segment's plan that another edition demands of it, as if it were in force. */
    List<Target> demanded(Segment segment, String edition) {
        Site under = site.under(edition);
        return targets(segment).stream()
                .filter(t -> Planner.required(t, under, segment))
                .toList();
    }

    /** The first of a target's services; empty where it has none, or there is no such target. */
    public String service(TargetId id) {
        return targets.values().stream()
                .flatMap(t -> Optional.ofNullable(t.get(id)).stream())
                .findFirst()
                .map(Declared::service)
                .orElse("");
    }

    /** The first of its services; empty where it has none. */
    static String service(Target target) {
        return target.services().stream()
                .min(Comparator.naturalOrder())
                .map(WORDS::get)
                .orElse("");
    }

    /** All that the catalog has. */
    List<Edition> editions() {
        return catalog.editions();
    }

    boolean required(Target target, Segment segment) {
        return Planner.required(target, site, segment);
    }

    /** The finding with the addresses and targets of where its cause lies: of a segment, else of all that are held to a rule. */
    public WorkOrder order(String id, Finding finding) {
        List<Segment> segments = site.segments().stream()
                .filter(s -> finding.place()
                        .segment()
                        .map(s.id()::equals)
                        .orElse(!s.kind().isControl()))
                .toList();
        Map<TargetId, Target> owed = new TreeMap<>();
        for (Segment segment : segments) {
            targets(segment).stream()
                    .filter(t -> required(t, segment)
                            || (finding.targets().contains(t.id()) && t.obligation() != Obligation.CONTROL))
                    .forEach(t -> owed.put(t.id(), t));
        }
        List<String> cidrs = segments.stream().flatMap(s -> s.cidrs().stream()).toList();
        return new WorkOrder(id, finding, cidrs, List.copyOf(owed.values()), catalog, site.edition());
    }

    List<SourceRow> sources(Target target) {
        return target.sources().stream().map(this::source).toList();
    }

    private SourceRow source(RowRef row) {
        Optional<Edition> edition = catalog.edition(row.edition());
        String document = edition.map(Edition::source).orElse(row.edition());
        return SourceRow.newBuilder()
                .setEdition(row.edition())
                .setText(row.text())
                .setSource(row.line() > 0 ? document + ", line " + row.line() : document)
                .build();
    }

    private Map<TargetId, Target> targetsOf(Segment segment) {
        return targets.getOrDefault(segment.id(), Map.of());
    }
}
