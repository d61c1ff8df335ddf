package dev.plumbline.collector.rule;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.finding.Mechanism;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The page that every device asks first is answered by somebody's sign-in page, at an address that is the host's own. */
final class CaptivePortal implements Mask {
    @Override
    public String id() {
        return "captive-portal";
    }

    @Override
    public List<Claim> claims(SegmentReading segment) {
        List<Claim.Failing> pages = segment.readings().stream()
                .filter(r -> r.target().probe() == ProbeKind.CAPTIVE)
                .filter(r -> !r.any(p -> p.proved()))
                .flatMap(r -> Failures.of(r).stream())
                .filter(f -> f.point().symptom() == Symptom.PORTAL)
                .toList();
        if (pages.isEmpty()) {
            return List.of();
        }
        Answers answers = new Answers(segment);
        Optional<Claim.Failing> page = pages.stream()
                .filter(f -> !f.point().point().address().map(answers::suspect).orElse(true))
                .findFirst();
        if (page.isEmpty()) {
            return List.of();
        }
        List<Claim.Failing> all = Failures.allPoints(segment).stream()
                .filter(f -> f.point().failed())
                .sorted(Comparator.comparing((Claim.Failing f) -> !f.equals(page.get())))
                .toList();
        String where = page.get().point().redirect().map(r -> " (" + r + ")").orElse("");
        return List.of(new Claim(
                id(),
                Mechanism.PORTAL_CAPTIVE,
                Optional.of(Scope.ALL),
                all,
                "a sign-in page answers in place of the page that devices ask for" + where));
    }
}
