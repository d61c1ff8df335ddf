package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Interception needs a chain foreign to the row and one thing more: the same issuer on a host that has nothing to do with it,
 * or the genuine chain on another segment in the same round.
 */
final class TlsInterception implements Rule {
    @Override
    public String id() {
        return "tls-interception";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> foreign = Failures.of(open, Symptom.FOREIGN_CHAIN, Symptom.UNKNOWN_CHAIN);
        Map<String, Set<String>> domainsByIssuer = new HashMap<>();
        for (Claim.Failing f : foreign) {
            issuer(f.point())
                    .ifPresent(i -> domainsByIssuer
                            .computeIfAbsent(i, x -> new HashSet<>())
                            .add(Domains.registrable(f.target().target().serverName())));
        }
        List<Claim.Failing> proven = new ArrayList<>();
        for (Claim.Failing f : foreign) {
            boolean shared = f.point().symptom() == Symptom.FOREIGN_CHAIN
                    && issuer(f.point())
                            .map(i -> domainsByIssuer.getOrDefault(i, Set.of()).size() >= 2)
                            .orElse(false);
            if (shared || elsewhere.provedSomewhere(f.target().target().id())) {
                proven.add(f);
            }
        }
        if (proven.isEmpty()) {
            return List.of();
        }
        return List.of(new Claim(
                id(),
                Mechanism.TLS_INTERCEPTED,
                Optional.empty(),
                proven,
                "certificates are signed by " + issuers(proven)));
    }

    private static String issuers(List<Claim.Failing> proven) {
        return proven.stream()
                .map(f -> issuer(f.point()))
                .flatMap(Optional::stream)
                .distinct()
                .limit(3)
                .reduce((a, b) -> a + " and " + b)
                .orElse("nobody known");
    }

    private static Optional<String> issuer(PointReading point) {
        return point.issuer().map(PointReading.SeenChain::issuer);
    }
}
