package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.ProxiedReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.finding.Mechanism;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The proxy that alone leads out shows chains of its own making: foreign to the rows, and of one issuer for hosts that have
 * nothing to do with each other. A single odd chain through a proxy says nothing.
 */
final class ReSigningProxy {
    private static final int FEWEST_DOMAINS = 2;

    private record Shown(Claim.Failing failing, ProxiedReading through) {}

    Optional<Claim> claim(SegmentReading segment) {
        List<Shown> foreign = segment.readings().stream()
                .flatMap(r -> r.proxied().stream()
                        .filter(ProxiedReading::isForeign)
                        .map(p -> new Shown(new Claim.Failing(r, p.sight()), p)))
                .toList();
        Map<String, Set<String>> domainsByIssuer = new HashMap<>();
        for (Shown shown : foreign) {
            issuer(shown)
                    .ifPresent(i -> domainsByIssuer
                            .computeIfAbsent(i, x -> new HashSet<>())
                            .add(Domains.registrable(
                                    shown.failing().target().target().serverName())));
        }
        List<Shown> proven = foreign.stream()
                .filter(shown -> issuer(shown)
                        .filter(i -> domainsByIssuer.getOrDefault(i, Set.of()).size() >= FEWEST_DOMAINS)
                        .isPresent())
                .toList();
        if (proven.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Claim(
                "re-signing-proxy",
                Mechanism.PROXY_INTERCEPTS,
                scope(segment, proven),
                proven.stream().map(Shown::failing).toList(),
                "through the proxy " + proven.get(0).through().proxy() + " certificates are signed by "
                        + proven.stream()
                                .flatMap(shown -> issuer(shown).stream())
                                .distinct()
                                .limit(3)
                                .collect(Collectors.joining(" and "))));
    }

    /** Whole ports, unless the proxy leaves some names on them alone. */
    private static Optional<Scope> scope(SegmentReading segment, List<Shown> proven) {
        List<Point> opened =
                proven.stream().map(shown -> shown.through().point()).toList();
        Set<Integer> ports = opened.stream().map(Point::port).collect(Collectors.toSet());
        List<Point> genuine = segment.readings().stream()
                .filter(r -> r.target().probe().seesCertificate())
                .flatMap(r -> r.proxied().stream())
                .filter(p -> p.sight().proved() && ports.contains(p.point().port()))
                .map(ProxiedReading::point)
                .toList();
        Optional<Scope> whole = opened.stream()
                .map(p -> Scope.of(Atom.port(p.transport(), p.port())))
                .reduce(Scope::union);
        return genuine.isEmpty() ? whole : Explainer.explain(opened, genuine).or(() -> whole);
    }

    private static Optional<String> issuer(Shown shown) {
        return shown.failing().point().issuer().map(PointReading.SeenChain::issuer);
    }
}
