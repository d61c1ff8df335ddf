package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Of the addresses of one load-balanced name some connect and others do not: a static list of addresses. */
final class PartialAddresses implements Rule {
    /** Two lost addresses could be the pool's own; three of one family are a list. */
    private static final int FEWEST_FAILING = 3;

    @Override
    public String id() {
        return "partial-addresses";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim> claims = new ArrayList<>();
        for (TargetReading reading : open) {
            List<Claim.Failing> failing =
                    Failures.of(List.of(reading), Symptom.TCP_SILENT, Symptom.TCP_RESET, Symptom.TCP_PROHIBITED);
            List<PointReading> connected = reading.points().stream()
                    .filter(p -> p.reached().atLeast(Layer.CONNECTED) && !p.failed())
                    .toList();
            boolean sameFamily = connected.stream()
                    .anyMatch(p -> failing.stream()
                                    .filter(f -> f.point().isIpv6() == p.isIpv6())
                                    .count()
                            >= FEWEST_FAILING);
            if (sameFamily) {
                claims.add(new Claim(
                        id(),
                        Mechanism.TCP_PARTIAL,
                        Optional.of(Scope.of(Atom.port(
                                reading.target().transport(), reading.target().port()))),
                        failing,
                        "only " + addresses(connected) + " of "
                                + reading.points().size() + " addresses pass"));
            }
        }
        return claims;
    }

    private static String addresses(List<PointReading> points) {
        TreeSet<String> all = new TreeSet<>();
        points.forEach(p -> p.point().address().ifPresent(all::add));
        return String.join(", ", all);
    }
}
