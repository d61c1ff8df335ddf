package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.WhoAnswered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Causes of what fails alike on every segment: nobody's firewall inside. An outside witness tells Apple from the way to Apple;
 * without one the distance from which a reset came does; where nothing tells, it is called upstream, never Apple.
 */
final class Upstream {
    /** A cause and where it lies. */
    record Located(Place place, Claim claim) {}

    List<Located> judge(List<SegmentCase> cases, Elsewhere everyone) {
        Map<Key, List<Claim.Failing>> grouped = new LinkedHashMap<>();
        Map<Key, String> because = new LinkedHashMap<>();
        for (SegmentCase segment : cases) {
            for (TargetReading target : segment.everywhere()) {
                for (PointReading point : target.failures()) {
                    if (point.symptom() == Symptom.NO_ROUTE) {
                        // That no host of the site has a way over a family is nothing that a target does.
                        continue;
                    }
                    Verdict verdict = verdict(target, point, cases, everyone);
                    Key key = new Key(verdict.place(), verdict.mechanism());
                    because.putIfAbsent(key, verdict.because());
                    grouped.computeIfAbsent(key, k -> new ArrayList<>()).add(new Claim.Failing(target, point));
                }
            }
        }
        List<Located> located = new ArrayList<>();
        grouped.forEach((key, failing) -> located.add(new Located(
                key.place(),
                new Claim("everywhere", key.mechanism(), Optional.empty(), failing, because.getOrDefault(key, "")))));
        return located;
    }

    private record Key(Place place, Mechanism mechanism) {}

    private record Verdict(Place place, Mechanism mechanism, String because) {}

    /**
     * The outside is asked of the same address or family: what passes over the other says nothing of whose fault it is. Where some
     * of a family works inside, the rest are dead members of a pool.
     */
    private static Verdict verdict(
            TargetReading target, PointReading point, List<SegmentCase> cases, Elsewhere everyone) {
        TargetId id = target.target().id();
        Symptom symptom = point.symptom();
        boolean outsidePasses = everyone.outsidePasses(id, point);
        boolean outsideFails = everyone.outsideFails(id, point);
        boolean worksElsewhere = everyone.provedInside(id) || (outsideFails && everyone.provedSomewhere(id));
        if (everyone.provedInside(id, point) || (worksElsewhere && !outsidePasses)) {
            return new Verdict(
                    Place.APPLE,
                    Mechanism.CATALOG_FAULT,
                    "some addresses of " + id + " fail on every segment alike, others work");
        }
        return switch (symptom) {
            case FOREIGN_CHAIN, BLOCK_PAGE, PORTAL ->
                outsidePasses
                        ? new Verdict(
                                Place.SITE, pageOrChain(symptom), "every segment sees it, outside it is not there")
                        : catalogFault(target);
            case UNKNOWN_CHAIN,
                    WRONG_NAME,
                    NOT_IN_VALIDITY,
                    WRONG_PROTOCOL,
                    WRONG_ANSWER,
                    UNEXPECTED_NAME,
                    DNS_NO_DATA -> catalogFault(target);
            case DNS_NXDOMAIN, DNS_REFUSED, DNS_SERVFAIL, DNS_SILENT, DNS_TRUNCATED ->
                outsidePasses
                        ? new Verdict(
                                Place.SITE,
                                Mechanism.UPSTREAM_BLOCKED,
                                "every segment's resolver fails, outside the name resolves")
                        : catalogFault(target);
            case TCP_SILENT,
                    TCP_RESET,
                    TCP_PROHIBITED,
                    TLS_SILENT,
                    TLS_RESET,
                    TLS_CLOSED,
                    TLS_REFUSED,
                    ANSWER_SILENT,
                    ANSWER_BROKEN,
                    UDP_SILENT -> {
                if (outsidePasses) {
                    yield new Verdict(
                            Place.SITE,
                            Mechanism.UPSTREAM_BLOCKED,
                            "it fails alike on every segment and works outside the site");
                }
                if (outsideFails) {
                    yield apples(target)
                            ? new Verdict(
                                    Place.APPLE, Mechanism.APPLE_DOWN, "it fails alike inside and outside the site")
                            : catalogFault(target);
                }
                yield symptom == Symptom.TCP_RESET ? byDistance(target, cases) : withoutOutside();
            }
            case NONE, NO_ROUTE, NO_EVIDENCE -> catalogFault(target);
        };
    }

    private static Mechanism pageOrChain(Symptom symptom) {
        return symptom == Symptom.FOREIGN_CHAIN ? Mechanism.TLS_INTERCEPTED : Mechanism.HTTP_BLOCK_PAGE;
    }

    private static Verdict catalogFault(TargetReading target) {
        return new Verdict(
                Place.APPLE,
                Mechanism.CATALOG_FAULT,
                target.target().id() + " answers alike everywhere, but not as the catalog expects");
    }

    private static boolean apples(TargetReading target) {
        return target.any(p -> p.point().address().map(Block::isApple).orElse(false));
    }

    /** Resets that come from as far as the same address's other ports come from Apple itself. */
    private static Verdict byDistance(TargetReading target, List<SegmentCase> cases) {
        List<PointReading> resets = cases.stream()
                .flatMap(c -> c.reading().target(target.target().id()).stream())
                .flatMap(r -> r.failures().stream())
                .filter(p -> p.symptom() == Symptom.TCP_RESET)
                .filter(p -> p.whoAnswered().arrivingTtl() != WhoAnswered.NOT_MEASURED
                        && p.whoAnswered().siblingArrivingTtl() != WhoAnswered.NOT_MEASURED)
                .toList();
        if (!resets.isEmpty() && resets.stream().noneMatch(SegmentJudge::fromTheWay) && apples(target)) {
            return new Verdict(
                    Place.APPLE,
                    Mechanism.APPLE_DOWN,
                    "the resets come from the servers' own distance on every segment");
        }
        return withoutOutside();
    }

    private static Verdict withoutOutside() {
        return new Verdict(
                Place.SITE,
                Mechanism.UPSTREAM_BLOCKED,
                "it fails alike on every segment; an agent outside the site would tell whether Apple or the way to Apple fails");
    }
}
