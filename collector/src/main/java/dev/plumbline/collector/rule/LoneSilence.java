package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;

/**
 * One address of one name is silent and the name's other addresses answer: one server, one path or one lost packet too
 * many. Nobody writes a rule for that, and a device takes the next address.
 */
final class LoneSilence implements Rule {
    @Override
    public String id() {
        return "lone-silence";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> silent = Failures.of(open, p -> p.symptom().isSilence());
        if (silent.size() != 1) {
            return List.of();
        }
        PointReading lone = silent.get(0).point();
        boolean othersAnswer = silent.get(0).target().points().stream()
                .anyMatch(p -> !p.failed() && p.reached().atLeast(lone.symptom().layer()));
        if (lone.point().address().isEmpty() || !othersAnswer) {
            return List.of();
        }
        return List.of(new Claim(
                id(),
                Mechanism.QUALITY_LOSS,
                Optional.of(Scope.ALL),
                silent,
                "one address of " + silent.get(0).target().target().host() + " stayed silent and the others answered: "
                        + lone.said()));
    }
}
