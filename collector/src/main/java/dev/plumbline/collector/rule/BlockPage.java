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
 * A filter answers with a page of its own: on plain HTTP by what the page says, on TLS by one and the same leaf certificate
 * for names that have nothing to do with each other (an interceptor makes a leaf for each name).
 */
final class BlockPage implements Rule {
    @Override
    public String id() {
        return "block-page";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> pages = new ArrayList<>(Failures.of(open, Symptom.BLOCK_PAGE));
        if (pages.isEmpty()) {
            return List.of();
        }
        Map<String, Set<String>> domainsByLeaf = new HashMap<>();
        List<Claim.Failing> strangers = Failures.of(
                open, Symptom.FOREIGN_CHAIN, Symptom.UNKNOWN_CHAIN, Symptom.WRONG_NAME, Symptom.TLS_REFUSED);
        for (Claim.Failing f : strangers) {
            leaf(f.point())
                    .ifPresent(leaf -> domainsByLeaf
                            .computeIfAbsent(leaf, l -> new HashSet<>())
                            .add(Domains.registrable(f.target().target().serverName())));
        }
        strangers.stream()
                .filter(f -> leaf(f.point())
                        .map(l -> domainsByLeaf.getOrDefault(l, Set.of()).size() >= 2)
                        .orElse(true))
                .forEach(pages::add);
        // The portal page's absence is part of the same filter.
        pages.addAll(Failures.of(open, Symptom.PORTAL));
        return List.of(new Claim(
                id(),
                Mechanism.HTTP_BLOCK_PAGE,
                Optional.empty(),
                pages,
                pages.get(0).point().said()));
    }

    private static Optional<String> leaf(PointReading point) {
        return point.issuer().map(PointReading.SeenChain::leaf);
    }
}
