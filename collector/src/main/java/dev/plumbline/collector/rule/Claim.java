package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;

/**
 * What a rule says: these failures have this mechanism.
 *
 * @param rule id of the rule
 * @param scope given by the rule where its evidence fixes it; else the explainer finds it
 * @param because why, as a sentence
 */
public record Claim(String rule, Mechanism mechanism, Optional<Scope> scope, List<Failing> failing, String because) {
    public Claim {
        failing = List.copyOf(failing);
        if (failing.isEmpty()) {
            throw new IllegalArgumentException("rule " + rule + " claims nothing");
        }
    }

    /** A failing point and the target it belongs to. */
    public record Failing(TargetReading target, PointReading point) {}
}
