package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.ProxiedReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The network's script, DHCP or the agent's configuration names a proxy for targets that the direct way leads to as well:
 * worth knowing, and nothing fails by it. A proxy that only the host's own variables name is nobody's offer.
 */
final class ProxyOffered implements Rule {
    private static final String OWN_VARIABLES = "environment";

    @Override
    public String id() {
        return "proxy-offered";
    }

    @Override
    public boolean asksWhatPasses() {
        return true;
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<TargetReading> both = segment.targets().values().stream()
                .filter(r -> !r.proxied().isEmpty() && !offers(r).isEmpty())
                .filter(r -> r.any(PointReading::proved))
                .toList();
        if (both.isEmpty()) {
            return List.of();
        }
        String named = both.stream()
                .flatMap(r -> offers(r).stream())
                .map(p -> p.proxy() + " (found by " + p.foundBy() + ")")
                .distinct()
                .sorted()
                .limit(3)
                .collect(Collectors.joining(" and "));
        return List.of(new Claim(
                id(),
                Mechanism.PROXY_OFFERED,
                both.stream()
                        .map(r -> Scope.of(
                                Atom.port(r.target().transport(), r.target().port())))
                        .reduce(Scope::union)
                        .map(Optional::of)
                        .orElseThrow(),
                both.stream()
                        .flatMap(r -> offers(r).stream().limit(1).map(p -> new Claim.Failing(r, p.sight())))
                        .toList(),
                "the proxy " + named + " is named for what the direct way leads to as well"));
    }

    private static List<ProxiedReading> offers(TargetReading reading) {
        return reading.proxied().stream()
                .filter(p -> !p.foundBy().equals(OWN_VARIABLES))
                .toList();
    }
}
