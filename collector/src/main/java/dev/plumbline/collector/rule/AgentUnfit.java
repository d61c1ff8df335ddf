package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Environment;
import java.util.List;
import java.util.Optional;

/**
 * The agent says itself that its host is short of something, or every fact it has is about its own host. What it lacked did no
 * harm where nothing but retired names failed all the same: a proof is one wherever it was made. A host that refuses what is
 * asked of it lacks nothing.
 */
final class AgentUnfit implements Mask {
    @Override
    public String id() {
        return "agent-unfit";
    }

    @Override
    public List<Claim> claims(SegmentReading segment) {
        String reason = segment.environment().map(Environment::unfitReason).orElse("");
        if (segment.targets().values().stream()
                .filter(r -> !r.isRefused() && r.target().retiredOn().isEmpty())
                .noneMatch(r -> r.any(p -> p.symptom() != Symptom.NONE))) {
            return List.of();
        }
        List<Claim.Failing> all = Failures.allPoints(segment.only(r -> !r.isRefused()));
        if (reason.isEmpty()) {
            if (!all.stream()
                    .allMatch(f -> f.point().symptom() == Symptom.NO_EVIDENCE
                            || f.point().symptom() == Symptom.NO_ROUTE)) {
                return List.of();
            }
            reason = "every probe failed on the agent's own host: "
                    + all.get(0).point().said();
        }
        return List.of(new Claim(id(), Mechanism.AGENT_UNFIT, Optional.of(Scope.ALL), all, reason));
    }
}
