package dev.plumbline.collector.rule;

import dev.plumbline.catalog.site.Denied;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads one denied port of one segment. It is reached when TLS stands there with the host's own certificate. It is denied when
 * connections to an address fail from here, confirmed, and stand from elsewhere in the same round. All else is not known: a
 * box on the way may accept a connection, a name without an address is no fence, and what nobody reaches may be down.
 */
final class DenialReading {
    private final Denied denied;
    private final SegmentReading segment;
    private final List<SegmentReading> others;
    private final OwnCertificate certificate;

    DenialReading(Denied denied, SegmentReading segment, Elsewhere elsewhere) {
        this.denied = denied;
        this.segment = segment;
        // Who must not reach it either is no control: he may be the next to be let through by mistake.
        this.others = Stream.concat(elsewhere.inside().stream(), elsewhere.outside().stream())
                .filter(s -> !s.segment().mustNotReach().contains(denied))
                .toList();
        this.certificate = new OwnCertificate(denied.target(), segment, others);
    }

    Denial denial() {
        Optional<TargetReading> own = Optional.ofNullable(segment.denied().get(denied.target()));
        if (own.isEmpty() || own.get().points().isEmpty()) {
            return Denial.unknown(denied, "it was not probed in this round");
        }
        List<PointReading> points = own.get().points();
        List<PointReading> reached =
                points.stream().filter(certificate::isShownBy).toList();
        if (!reached.isEmpty()) {
            return reached(own.get(), reached);
        }
        return points.stream()
                .filter(p -> p.reached().atLeast(Layer.CONNECTED))
                .findFirst()
                .map(this::accepted)
                .or(() -> doubt(points))
                .map(because -> Denial.unknown(denied, because))
                .orElseGet(() -> contrasted(points));
    }

    private Denial reached(TargetReading target, List<PointReading> points) {
        PointReading first = points.get(0);
        String said = "TLS stands with " + remote(first) + " and a certificate of " + OwnCertificate.issuer(first);
        List<String> alike = names(others.stream()
                .filter(s -> points(s).stream().anyMatch(p -> OwnCertificate.isSame(p, first)))
                .toList());
        return new Denial(
                denied,
                Denial.Outcome.REACHED,
                said + (alike.isEmpty() ? "" : ", as on " + String.join(", ", alike)),
                points.stream()
                        .map(p -> new Claim.Failing(target, p.seenBy(saying(p.witness(), said))))
                        .toList());
    }

    private static Witness saying(Witness w, String said) {
        return new Witness(
                w.segment(), w.agent(), w.target(), w.transport(), w.local(), w.remote(), w.at(), "reached: " + said);
    }

    /** Somebody takes the connection, and nothing shows that it is the host. */
    private String accepted(PointReading point) {
        String said = "a connection to " + remote(point) + " is accepted, ";
        if (point.path().canaryAccepted()) {
            return said + "and so is one to a port that nothing listens on: a device on the way answers";
        }
        return said + certificate.doubt(point);
    }

    /** Why failures of these points, none of which was accepted, do not show that it is denied. */
    private static Optional<String> doubt(List<PointReading> points) {
        if (points.stream().allMatch(p -> p.point().address().isEmpty())) {
            return Optional.of(points.get(0).said()
                    + "; without an address nothing is tried, and who knows the address may get there: write it in the"
                    + " place of the name");
        }
        return points.stream()
                .filter(p -> p.symptom() != Symptom.NO_ROUTE && !(isRefused(p) && p.hard()))
                .findFirst()
                .map(p -> isRefused(p) ? p.said() + "; seen once, not confirmed" : p.said())
                .or(() -> points.stream().allMatch(p -> p.symptom() == Symptom.NO_ROUTE)
                        ? Optional.of(points.get(0).said())
                        : Optional.empty());
    }

    private static boolean isRefused(PointReading point) {
        return point.symptom() == Symptom.TCP_SILENT
                || point.symptom() == Symptom.TCP_RESET
                || point.symptom() == Symptom.TCP_PROHIBITED;
    }

    /** All addresses fail here: whether that is somebody's rule is told by who reaches them. */
    private Denial contrasted(List<PointReading> points) {
        Set<String> refused = points.stream()
                .filter(DenialReading::isRefused)
                .flatMap(p -> p.point().address().stream())
                .collect(Collectors.toSet());
        List<SegmentReading> reaching = new ArrayList<>();
        Set<String> addresses = new TreeSet<>();
        for (SegmentReading other : others) {
            List<String> there = points(other).stream()
                    .filter(p -> stands(p, other))
                    .flatMap(p -> p.point().address().stream())
                    .toList();
            if (there.stream().anyMatch(refused::contains)) {
                reaching.add(other);
            }
            addresses.addAll(there);
        }
        String said = points.stream()
                .filter(DenialReading::isRefused)
                .findFirst()
                .map(PointReading::said)
                .orElse("nothing was seen");
        if (!reaching.isEmpty()) {
            String because = said + ", and in the same round it stands from " + String.join(", ", names(reaching));
            return new Denial(denied, Denial.Outcome.DENIED, because, List.of());
        }
        if (!addresses.isEmpty()) {
            return Denial.unknown(
                    denied,
                    said + "; others reach it at " + String.join(", ", addresses)
                            + ", which was not tried from here: write the address in the place of the name");
        }
        List<SegmentReading> looked =
                others.stream().filter(s -> !points(s).isEmpty()).toList();
        return Denial.unknown(
                denied,
                said + "; "
                        + (looked.isEmpty()
                                ? "no segment that may reach it looked"
                                : "from " + String.join(", ", names(looked)) + " it is not reached either")
                        + ", so that it may be down");
    }

    /** A handshake, or a connection where no box is known to accept them all. */
    private static boolean stands(PointReading point, SegmentReading there) {
        return OwnCertificate.hasShaken(point)
                || (point.reached().atLeast(Layer.CONNECTED)
                        && !point.path().canaryAccepted()
                        && there.points().stream().noneMatch(p -> p.path().canaryAccepted()));
    }

    private List<PointReading> points(SegmentReading of) {
        return Optional.ofNullable(of.denied().get(denied.target()))
                .map(TargetReading::points)
                .orElse(List.of());
    }

    private static String remote(PointReading point) {
        return point.witness().remote().toString();
    }

    private static List<String> names(List<SegmentReading> some) {
        return some.stream().map(s -> s.segment().id().value()).sorted().toList();
    }
}
