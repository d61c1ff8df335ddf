package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.function.Predicate;

/** Points that show that a mechanism does not reach them: what a scope must not cover. */
final class Contradictions {
    private Contradictions() {}

    static List<Point> of(Mechanism mechanism, List<SegmentReading> readings) {
        Layer layer = layer(mechanism);
        return points(
                layer,
                readings,
                r -> layer != Layer.SECURED || r.target().probe().seesCertificate());
    }

    /** What speaks no TLS passes every box that acts on TLS: it shows only that not everything is prevented. */
    static List<Point> bystanders(Mechanism mechanism, List<SegmentReading> readings) {
        Layer layer = layer(mechanism);
        return points(
                layer,
                readings,
                r -> layer == Layer.SECURED && !r.target().probe().seesCertificate());
    }

    private static List<Point> points(Layer layer, List<SegmentReading> readings, Predicate<TargetReading> which) {
        return readings.stream()
                .flatMap(r -> r.readings().stream())
                .filter(r -> !r.target().probe().asksNamesOnly())
                .filter(which)
                .flatMap(r -> r.points().stream())
                .filter(p -> contradicts(p, layer))
                .map(PointReading::point)
                .toList();
    }

    /** It got past the layer at which the mechanism acts. */
    private static boolean contradicts(PointReading point, Layer layer) {
        return point.proved()
                || (layer != Layer.ANSWERED
                        && point.reached().atLeast(layer)
                        && (!point.failed() || point.symptom().layer().depth() > layer.depth()));
    }

    private static Layer layer(Mechanism mechanism) {
        return switch (mechanism) {
            case DNS_NXDOMAIN, DNS_REFUSED, DNS_SERVFAIL, DNS_SILENT, DNS_TRUNCATED -> Layer.RESOLVED;
            case TCP_DROP, TCP_RESET, TCP_PROHIBITED, SEGMENT_OFFLINE, UPSTREAM_BLOCKED, APPLE_DOWN -> Layer.CONNECTED;
            case TLS_INTERCEPTED, TLS_RESET_ON_NAME, TLS_CLOSED_ON_NAME, TLS_STALLED, TLS_VERSION_BROKEN ->
                Layer.SECURED;
            default -> Layer.ANSWERED;
        };
    }
}
