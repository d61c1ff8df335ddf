package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Speaker;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Transport;
import java.util.List;
import java.util.function.Predicate;

/** Points that show that a mechanism does not reach them: what a scope must not cover. */
final class Contradictions {
    private Contradictions() {}

    static List<Point> of(Mechanism mechanism, List<TargetReading> readings) {
        Layer layer = layer(mechanism);
        return points(
                layer,
                readings,
                r -> layer != Layer.SECURED || r.target().probe().seesCertificate());
    }

    /**
     * What a mechanism does not concern, whether it passes or not: what speaks no TLS, of a box that acts on TLS, and TCP, of
     * silence over UDP. It shows only that not simply everything is prevented.
     */
    static List<Point> bystanders(Mechanism mechanism, List<TargetReading> readings) {
        boolean secures = layer(mechanism) == Layer.SECURED;
        boolean udp = mechanism == Mechanism.UDP_SILENT;
        return readings.stream()
                .filter(r -> !r.target().probe().asksNamesOnly())
                .filter(r -> (secures && !r.target().probe().seesCertificate())
                        || (udp && r.target().transport().equals(Transport.TCP)))
                .flatMap(r -> r.points().stream())
                .map(PointReading::point)
                .toList();
    }

    /** Whose rule would do such a thing. */
    static Speaker speaker(Mechanism mechanism) {
        return switch (layer(mechanism)) {
            case RESOLVED -> Speaker.RESOLVER;
            case SECURED -> Speaker.SESSIONS;
            case NOTHING, CONNECTED, ANSWERED -> Speaker.PACKETS;
        };
    }

    private static List<Point> points(Layer layer, List<TargetReading> readings, Predicate<TargetReading> which) {
        return readings.stream()
                .filter(r -> !r.target().probe().asksNamesOnly())
                .filter(which)
                .flatMap(r -> r.points().stream())
                .filter(p -> contradicts(p, layer))
                .map(PointReading::point)
                .toList();
    }

    /** It got past the layer at which the mechanism acts. */
    private static boolean contradicts(PointReading point, Layer layer) {
        return point.proved() || (layer != Layer.ANSWERED && point.passed(layer));
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
