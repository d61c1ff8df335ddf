package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.collector.rule.FollowsAgent;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What is told of no segment: causes at the site's edge or at Apple, and those that lie in one segment or at the edge. */
final class Beyond {
    private final Site site;
    private final Function<TargetReading, Instant> begun;
    private final Upstream upstream = new Upstream();
    private final FindingWriter writer = new FindingWriter();

    /** @param begun since when what fails has failed */
    Beyond(Site site, Function<TargetReading, Instant> begun) {
        this.site = site;
        this.begun = begun;
    }

    /** @param cases of all segments, masked ones and those outside among them */
    List<Finding> judge(List<SegmentCase> cases) {
        List<SegmentReading> comparable = cases.stream()
                .filter(c -> !c.masked())
                .map(SegmentCase::reading)
                .map(FollowsAgent::forOthers)
                .toList();
        List<SegmentCase> inside = cases.stream()
                .filter(c -> !c.masked() && !Elsewhere.isOutside(c.reading()))
                .toList();
        List<SegmentReading> recalling = comparable.stream()
                .map(r -> r.recalling(id -> begunEverywhere(id, inside)))
                .toList();
        Elsewhere everyone = new Elsewhere(
                recalling.stream().filter(r -> !Elsewhere.isOutside(r)).toList(),
                recalling.stream().filter(Elsewhere::isOutside).toList());
        Map<Place, List<Claim>> byPlace = new TreeMap<>();
        for (Upstream.Located located : upstream.judge(inside, everyone)) {
            byPlace.computeIfAbsent(located.place(), p -> new ArrayList<>()).add(located.claim());
        }
        List<Finding> findings = new ArrayList<>();
        byPlace.forEach((place, claims) ->
                findings.addAll(write(place, claims, place.equals(Place.SITE) ? everyone.inside() : comparable)));
        // What everybody meets at the edge is met by the one who asks more than they do.
        List<Claim> more = inside.stream()
                .flatMap(c -> c
                        .hereOrAtEdge(p -> findings.stream()
                                .anyMatch(f -> f.place().equals(Place.SITE)
                                        && f.scope().matches(p.point())))
                        .stream())
                .toList();
        findings.addAll(write(Place.SITE, more, everyone.inside()));
        return findings;
    }

    /** Since when a target fails on all segments on which it does; empty where it fails on none. */
    private Optional<Instant> begunEverywhere(TargetId id, List<SegmentCase> inside) {
        return inside.stream()
                .flatMap(c -> c.reading().target(id).stream())
                .filter(SegmentJudge::fails)
                .map(begun)
                .max(Comparator.naturalOrder());
    }

    private List<Finding> write(Place place, List<Claim> claims, List<SegmentReading> readings) {
        // What nobody owes opens no finding, so that nothing has to be described.
        boolean owed = claims.stream()
                .flatMap(c -> c.failing().stream())
                .anyMatch(f -> isOwed(f.target().target()));
        return owed ? writer.write(place, claims, descriptions(readings), (m, t) -> isOwed(t)) : List.of();
    }

    private boolean isOwed(Target target) {
        return site.segments().stream().anyMatch(s -> Planner.required(target, site, s));
    }

    private Descriptions descriptions(List<SegmentReading> readings) {
        List<TargetReading> all =
                readings.stream().flatMap(r -> r.readings().stream()).toList();
        return new Descriptions(readings, begun)
                .against(all.stream().map(TargetReading::witnessing).toList());
    }
}
