package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Silence that follows no rule: what somebody wrote is short and silences the same things at every try, while loss and jams
 * silence a little of everything. Where other targets were silent in one try and answered in the next, silence
 * that needs many words to describe, or that meets a single name, is called slow, never blocked.
 */
final class Jam implements Rule {
    /** Rules with more single entries than this are not told from chance by silence alone. */
    private static final int MOST_ENTRIES = 4;

    /** From this many unsteady targets on, silence is common on the segment in this round. */
    private static final int UNSTEADY = 2;

    @Override
    public String id() {
        return "jam";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        Map<Symptom, List<Claim.Failing>> silent = new EnumMap<>(Symptom.class);
        for (Claim.Failing f : Failures.of(open, p -> p.symptom().isSilence())) {
            silent.computeIfAbsent(f.point().symptom(), s -> new ArrayList<>()).add(f);
        }
        long unsteady = segment.targets().values().stream()
                .filter(TargetReading::unsteady)
                .count();
        if (unsteady == 0) {
            // Steady silence is a rule, however many words it takes: a default that drops, with exceptions.
            return List.of();
        }
        int allowed = unsteady >= UNSTEADY ? 1 : MOST_ENTRIES;
        return silent.entrySet().stream()
                .filter(e -> !isShort(e.getKey(), e.getValue(), segment, allowed, unsteady >= UNSTEADY))
                .map(e -> new Claim(
                        id(),
                        Mechanism.QUALITY_SLOW,
                        Optional.of(Scope.ALL),
                        e.getValue(),
                        e.getValue().size() + " attempts stayed without an answer where " + unsteady
                                + " other targets answered only at the second try"))
                .toList();
    }

    private static boolean isShort(
            Symptom symptom, List<Claim.Failing> failing, SegmentReading segment, int allowed, boolean noisy) {
        List<Point> silent = failing.stream().map(f -> f.point().point()).toList();
        List<Point> answered = segment.points().stream()
                .filter(p -> !p.failed() && p.reached().atLeast(symptom.layer()))
                .map(PointReading::point)
                .toList();
        Optional<Scope> scope = Explainer.explain(silent, answered);
        long targets =
                failing.stream().map(f -> f.target().target().id()).distinct().count();
        // A single name may be anything while others come and go; a port or a block of addresses may not.
        boolean alone = noisy
                && targets == 1
                && scope.map(s -> s.atoms().stream().anyMatch(Atom::isNamed)).orElse(true);
        return !alone && scope.map(s -> s.atoms().size() <= allowed).orElse(false);
    }
}
