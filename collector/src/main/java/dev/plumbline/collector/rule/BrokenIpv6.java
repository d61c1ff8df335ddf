package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;

/** Every IPv6 address fails to connect, on several ports, where IPv4 connects: the family is broken, nothing is blocked. */
final class BrokenIpv6 implements Rule {
    @Override
    public String id() {
        return "broken-ipv6";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        if (open.stream().allMatch(r -> r.failures().stream().noneMatch(PointReading::isIpv6))) {
            // Where IPv6 fails, it fails elsewhere too.
            return List.of();
        }
        // What failed once and was not asked again says nothing.
        List<PointReading> six = segment.points().stream()
                .filter(PointReading::isIpv6)
                .filter(p -> !p.failed() || p.hard())
                .toList();
        boolean allFail = !six.isEmpty()
                && six.stream()
                        .allMatch(p -> p.failed()
                                && p.hard()
                                && (p.symptom().layer() == Layer.CONNECTED || p.symptom() == Symptom.UDP_SILENT)
                                && p.symptom() != Symptom.NO_ROUTE);
        boolean severalPorts =
                six.stream().map(p -> p.point().port()).distinct().count() >= 2;
        boolean fourConnects = segment.points().stream()
                .anyMatch(p -> p.point().address().isPresent()
                        && !p.isIpv6()
                        && p.reached().atLeast(Layer.CONNECTED));
        if (!allFail || !severalPorts || !fourConnects) {
            return List.of();
        }
        List<Claim.Failing> failing = Failures.allPoints(segment).stream()
                .filter(f -> f.point().isIpv6())
                .toList();
        return List.of(new Claim(
                id(),
                Mechanism.IPV6_BROKEN,
                Optional.of(Scope.parse("ipv6")),
                failing,
                "none of " + six.size() + " IPv6 addresses connects, IPv4 does"));
    }
}
