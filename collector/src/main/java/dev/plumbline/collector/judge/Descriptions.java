package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.rule.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shortest descriptions of what fails where the same points pass. Confirmation and findings ask the same questions: each is
 * searched for once. From one thread.
 */
final class Descriptions {
    private record Question(Mechanism mechanism, List<Point> open) {}

    private final List<SegmentReading> readings;
    private final Map<Question, Optional<Description>> known = new HashMap<>();

    /** @param readings whose passing points no description may cover */
    Descriptions(List<SegmentReading> readings) {
        this.readings = List.copyOf(readings);
    }

    /** Of what no rule gave a scope for; empty where nothing is left, or no words tell it from what passes. */
    Optional<Description> of(Mechanism mechanism, List<Claim> claims) {
        List<Point> open = new ArrayList<>();
        for (Claim claim : claims) {
            if (claim.scope().isEmpty()) {
                claim.failing().forEach(f -> open.add(f.point().point()));
            }
        }
        return open.isEmpty()
                ? Optional.empty()
                : known.computeIfAbsent(new Question(mechanism, List.copyOf(open)), this::answer);
    }

    /** The shortest scope of what these claims of one mechanism cover. */
    Optional<Scope> scope(Mechanism mechanism, List<Claim> claims) {
        Optional<Scope> given =
                claims.stream().map(Claim::scope).flatMap(Optional::stream).reduce(Scope::union);
        Optional<Scope> found = of(mechanism, claims).map(Description::scope);
        return found.map(f -> given.map(f::union).orElse(f)).or(() -> given);
    }

    /** Its length; the greatest number where there is none. */
    double bits(Mechanism mechanism, List<Claim> claims) {
        return of(mechanism, claims).map(Description::bits).orElse(Double.MAX_VALUE);
    }

    private Optional<Description> answer(Question question) {
        return Explainer.describe(
                Contradictions.speaker(question.mechanism()),
                question.open(),
                Contradictions.of(question.mechanism(), readings),
                Contradictions.bystanders(question.mechanism(), readings));
    }
}
