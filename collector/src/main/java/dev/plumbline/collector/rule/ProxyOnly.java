package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.ProxiedReading;
import dev.plumbline.collector.evidence.ProxiedReading.Result;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nobody at all answers directly, and a proxy leads out, or would for a password; and whether it opens what it leads out. */
final class ProxyOnly implements Mask {
    private final Mask offline = new SegmentOffline();
    private final ReSigningProxy reSigning = new ReSigningProxy();

    @Override
    public String id() {
        return "proxy-only";
    }

    @Override
    public List<Claim> claims(SegmentReading segment) {
        List<ProxiedReading> proxied = segment.readings().stream()
                .flatMap(reading -> reading.proxied().stream())
                .toList();
        List<Claim> claims = new ArrayList<>();
        claim(segment, of(proxied, Result.LEADS_OUT), Mechanism.PROXY_REQUIRED, "leads out")
                .or(() -> claim(
                        segment, of(proxied, Result.WANTS_PASSWORD), Mechanism.PROXY_AUTH_REQUIRED, "wants a password"))
                .ifPresent(only -> {
                    claims.add(only);
                    reSigning.claim(segment).ifPresent(claims::add);
                });
        return claims;
    }

    private static List<ProxiedReading> of(List<ProxiedReading> proxied, Result result) {
        return proxied.stream().filter(p -> p.result() == result).toList();
    }

    private Optional<Claim> claim(
            SegmentReading segment, List<ProxiedReading> proxied, Mechanism mechanism, String does) {
        if (proxied.isEmpty()) {
            return Optional.empty();
        }
        return offline.claims(segment).stream()
                .findFirst()
                .map(nobody -> new Claim(
                        id(),
                        mechanism,
                        Optional.of(Scope.ALL),
                        nobody.failing(),
                        nobody.because() + ", but the proxy " + proxied.get(0).proxy() + " " + does + " (seen "
                                + proxied.size() + " times)"));
    }
}
