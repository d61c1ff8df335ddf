package dev.plumbline.collector.rule;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.explain.Speaker;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Of the addresses of one load-balanced service some connect and others do not: a static list of addresses. Where the addresses
 * that fail lie in a block of their own, and saying so is shorter than saying which ones pass, somebody shut the block instead.
 * All couriers of a port are one service behind several names: a round may meet a name of which no address is on the list.
 */
final class PartialAddresses implements Rule {
    /** Two lost addresses could be the pool's own; three are a list. */
    private static final int FEWEST_FAILING = 3;

    @Override
    public String id() {
        return "partial-addresses";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim> claims = new ArrayList<>();
        for (List<TargetReading> service : services(open)) {
            List<PointReading> all = service.stream()
                    .flatMap(reading -> segment.whole(reading).points().stream())
                    .toList();
            List<PointReading> connected =
                    all.stream().filter(p -> p.passed(Layer.CONNECTED)).toList();
            // What connects under one name and not under another is on the list.
            List<Claim.Failing> failing =
                    Failures.of(service, Symptom.TCP_SILENT, Symptom.TCP_RESET, Symptom.TCP_PROHIBITED).stream()
                            .filter(f -> !addresses(connected).containsAll(addresses(List.of(f.point()))))
                            .toList();
            boolean sameFamily = addresses(failing.stream()
                                    .map(Claim.Failing::point)
                                    .filter(f -> connected.stream().anyMatch(c -> c.isIpv6() == f.isIpv6()))
                                    .toList())
                            .size()
                    >= FEWEST_FAILING;
            if (sameFamily && isList(addresses(connected).size(), segment, failing)) {
                claims.add(new Claim(
                        id(),
                        Mechanism.TCP_PARTIAL,
                        Optional.of(scope(service.get(0), segment)),
                        failing,
                        "only " + String.join(", ", addresses(connected)) + " of "
                                + addresses(all).size() + " addresses pass"));
            }
        }
        return claims;
    }

    /** A target each, but couriers port by port. */
    private static Collection<List<TargetReading>> services(List<TargetReading> open) {
        Map<String, List<TargetReading>> services = new LinkedHashMap<>();
        for (TargetReading reading : open) {
            Target target = reading.target();
            String service = target.probe() == ProbeKind.COURIER
                    ? "courier:" + target.port()
                    : target.id().value();
            services.computeIfAbsent(service, s -> new ArrayList<>()).add(reading);
        }
        return services.values();
    }

    /** What fails on the port is said by what passes: with exceptions, or by more entries than there are that pass. */
    private static boolean isList(int pass, SegmentReading segment, List<Claim.Failing> failing) {
        List<Point> passing = segment.points().stream()
                .filter(p -> p.passed(Layer.CONNECTED))
                .map(PointReading::point)
                .toList();
        Optional<Description> description = Explainer.describe(
                Speaker.PACKETS, failing.stream().map(f -> f.point().point()).toList(), passing, List.of());
        return description
                .map(d -> d.scope().toString().contains("!") || d.parts().size() > Math.max(2, pass))
                .orElse(true);
    }

    /** The port where everything on it that is required is met; else the name on the port. */
    private static Scope scope(TargetReading reading, SegmentReading segment) {
        Atom port = Atom.port(reading.target().transport(), reading.target().port());
        return Stream.of(port, port.at("apple"))
                .map(Scope::of)
                .filter(scope -> segment.readings().stream()
                        .filter(r -> r.target().obligation() == Obligation.REQUIRED)
                        .filter(r -> r.points().stream().anyMatch(p -> scope.matches(p.point())))
                        .allMatch(r -> r.any(p -> p.failed() && p.symptom().layer() == Layer.CONNECTED)))
                .findFirst()
                .orElseGet(() -> Scope.of(port.at("name:" + reading.target().serverName())));
    }

    private static Set<String> addresses(List<PointReading> points) {
        Set<String> all = new TreeSet<>();
        points.forEach(p -> p.point().address().ifPresent(all::add));
        return all;
    }
}
