package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.explain.Speaker;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.rule.Claim;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shortest descriptions of what fails where the same points pass. Confirmation and findings ask the same questions, and
 * many about the same points: each is searched for once, and the points are looked at once. From one thread.
 */
final class Descriptions {
    private record Question(Mechanism mechanism, List<Point> open) {}

    private final List<TargetReading> asked;
    private final List<TargetReading> witnesses;
    private final Map<Speaker, Explainer> explainers;
    private final Map<Question, Optional<Description>> known = new HashMap<>();

    /** @param readings whose passing points no description may cover */
    Descriptions(List<TargetReading> readings) {
        this(readings, readings, new EnumMap<>(Speaker.class));
    }

    private Descriptions(List<TargetReading> asked, List<TargetReading> witnesses, Map<Speaker, Explainer> explainers) {
        this.asked = asked;
        this.witnesses = witnesses;
        this.explainers = explainers;
    }

    /** Of the same points where the passing points of these alone must not be covered. */
    Descriptions against(List<TargetReading> others) {
        return new Descriptions(asked, others, explainers);
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
        return explainers
                .computeIfAbsent(Contradictions.speaker(question.mechanism()), this::explainer)
                .describe(
                        question.open(),
                        Contradictions.of(question.mechanism(), witnesses),
                        Contradictions.bystanders(question.mechanism(), witnesses));
    }

    private Explainer explainer(Speaker speaker) {
        List<Point> points = new ArrayList<>();
        for (TargetReading target : asked) {
            for (PointReading point : target.points()) {
                points.add(point.point());
            }
        }
        return new Explainer(speaker, points);
    }
}
