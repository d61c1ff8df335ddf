package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;

/**
 * Handshakes that stay without an answer stand when no packet is large: a hole in the path's MTU (RFC 4821 section 2 calls it a
 * black hole). It lies on the way and asks for no name and no port, so all that is silent in this manner belongs to it.
 */
final class PathMtu implements Rule {
    /** One handshake that stands at its second try, small or not, may be a lost packet. */
    private static final int FEWEST_TARGETS = 2;

    @Override
    public String id() {
        return "path-mtu";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> silent = Failures.of(open, Symptom.TLS_SILENT, Symptom.ANSWER_SILENT);
        long shown = silent.stream()
                .filter(f -> f.point().onlySmallPasses())
                .map(f -> f.target().target().id())
                .distinct()
                .count();
        long asked = silent.stream()
                .filter(f -> f.point().path().smallSegments().isPresent())
                .map(f -> f.target().target().id())
                .distinct()
                .count();
        // Where small packets are as silent as large ones on most, size is not the matter.
        if (shown < FEWEST_TARGETS || 2 * shown < asked) {
            return List.of();
        }
        return List.of(new Claim(
                id(),
                Mechanism.PATH_MTU,
                Optional.of(scope(segment, silent)),
                silent,
                "handshakes of " + shown + " targets stay silent and stand with small segments"));
    }

    /** The way of one family may have the hole alone. */
    private static Scope scope(SegmentReading segment, List<Claim.Failing> silent) {
        boolean four = silent.stream().anyMatch(f -> !f.point().isIpv6());
        boolean six = silent.stream().anyMatch(f -> f.point().isIpv6());
        boolean otherStands = segment.points().stream()
                .filter(p -> p.proved() && !p.handshakes().isEmpty())
                .anyMatch(p -> p.isIpv6() != six);
        return four == six || !otherStands ? Scope.ALL : Scope.parse(six ? "ipv6" : "ipv4");
    }
}
