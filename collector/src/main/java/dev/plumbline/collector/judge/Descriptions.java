package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.explain.Speaker;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The shortest descriptions of what fails where the same points pass. Confirmation and findings ask the same questions, and
 * many about the same points: each is searched for once, and the points are looked at once. What passed before the round is held
 * against those failures alone that had all begun by then. From one thread.
 */
final class Descriptions {
    private record Question(Mechanism mechanism, List<Point> open, Instant begun) {}

    private final List<TargetReading> asked;
    private final List<TargetReading> witnesses;
    private final List<TargetReading> earlier;
    private final Function<TargetReading, Instant> begun;
    private final Map<Speaker, Explainer> explainers;
    private final Map<Question, Optional<Description>> known = new HashMap<>();

    /**
     * @param readings whose passing points no description may cover
     * @param begun since when what fails has failed
     */
    Descriptions(List<SegmentReading> readings, Function<TargetReading, Instant> begun) {
        this(all(readings, SegmentReading::targets), all(readings, SegmentReading::earlier), begun);
    }

    private Descriptions(
            List<TargetReading> asked, List<TargetReading> earlier, Function<TargetReading, Instant> begun) {
        this(asked, asked, earlier, begun, new EnumMap<>(Speaker.class));
    }

    private Descriptions(
            List<TargetReading> asked,
            List<TargetReading> witnesses,
            List<TargetReading> earlier,
            Function<TargetReading, Instant> begun,
            Map<Speaker, Explainer> explainers) {
        this.asked = asked;
        this.witnesses = witnesses;
        this.earlier = earlier;
        this.begun = begun;
        this.explainers = explainers;
    }

    /** Of the same points where the passing points of these alone must not be covered. */
    Descriptions against(List<TargetReading> others) {
        return new Descriptions(asked, others, earlier, begun, explainers);
    }

    private static List<TargetReading> all(
            List<SegmentReading> readings, Function<SegmentReading, Map<TargetId, TargetReading>> which) {
        return readings.stream().flatMap(r -> which.apply(r).values().stream()).toList();
    }

    /** Of what no rule gave a scope for; empty where nothing is left, or no words tell it from what passes. */
    Optional<Description> of(Mechanism mechanism, List<Claim> claims) {
        List<Point> open = new ArrayList<>();
        Instant latest = Instant.MIN;
        for (Claim claim : claims) {
            if (claim.scope().isEmpty()) {
                for (Claim.Failing failing : claim.failing()) {
                    open.add(failing.point().point());
                    Instant began = begun.apply(failing.target());
                    latest = began.isAfter(latest) ? began : latest;
                }
            }
        }
        return open.isEmpty()
                ? Optional.empty()
                : known.computeIfAbsent(new Question(mechanism, List.copyOf(open), latest), this::answer);
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
        List<TargetReading> speaking = Stream.concat(
                        witnesses.stream(), earlier.stream().filter(told -> told.isSeenSince(question.begun())))
                .toList();
        return explainers
                .computeIfAbsent(Contradictions.speaker(question.mechanism()), this::explainer)
                .describe(
                        question.open(),
                        Contradictions.of(question.mechanism(), speaking),
                        Contradictions.bystanders(question.mechanism(), speaking));
    }

    private Explainer explainer(Speaker speaker) {
        List<Point> points = new ArrayList<>();
        Stream.concat(asked.stream(), earlier.stream())
                .flatMap(target -> target.points().stream())
                .forEach(point -> points.add(point.point()));
        return new Explainer(speaker, points);
    }
}
