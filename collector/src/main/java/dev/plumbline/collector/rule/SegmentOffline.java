package dev.plumbline.collector.rule;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;

/** Names may resolve, but nobody at all answers, hosts that are not Apple's included. */
final class SegmentOffline implements Mask {
    private static final int FEWEST_ADDRESSES = 4;

    @Override
    public String id() {
        return "segment-offline";
    }

    @Override
    public List<Claim> claims(SegmentReading segment) {
        if (!segment.any(p -> p.hard() && nobodyAnswered(p)) || segment.any(SegmentOffline::isHostItself)) {
            return List.of();
        }
        // That nobody is at an address which cannot be the name's says nothing of the way out.
        Answers answers = new Answers(segment);
        List<Claim.Failing> tried = Failures.allPoints(segment).stream()
                .filter(f -> f.target().target().probe() != ProbeKind.NAME_ABSENT)
                .filter(f -> f.point()
                        .point()
                        .address()
                        .filter(a -> !answers.suspect(a))
                        .isPresent())
                .filter(f ->
                        f.point().symptom() != Symptom.NO_EVIDENCE && f.point().symptom() != Symptom.NO_ROUTE)
                .toList();
        // What was silent only once says nothing against the rest; a host that stood still has many such points.
        List<Claim.Failing> confirmed =
                tried.stream().filter(f -> f.point().hard()).toList();
        boolean control = confirmed.stream().anyMatch(f -> f.target().target().obligation() == Obligation.CONTROL);
        if (confirmed.size() < FEWEST_ADDRESSES
                || !control
                || !tried.stream().allMatch(f -> nobodyAnswered(f.point()))) {
            return List.of();
        }
        return List.of(new Claim(
                id(),
                Mechanism.SEGMENT_OFFLINE,
                Optional.of(Scope.ALL),
                tried,
                "no answer from any of " + tried.size() + " addresses, hosts that are not Apple's included"));
    }

    /** It proved by its certificate that it is what the name stands for, so that somebody answers. */
    private static boolean isHostItself(PointReading point) {
        return point.proved()
                && point.symptom() == Symptom.NONE
                && point.issuer().isPresent()
                && point.point().address().isPresent();
    }

    private static boolean nobodyAnswered(PointReading point) {
        return !point.reached().atLeast(Layer.CONNECTED)
                && (point.symptom() == Symptom.TCP_SILENT || point.symptom() == Symptom.UDP_SILENT);
    }
}
