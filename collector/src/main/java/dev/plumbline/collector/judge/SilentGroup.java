package dev.plumbline.collector.judge;

import dev.plumbline.collector.confirm.SilenceWeight;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/**
 * Silence that stands or falls as one: that of a target, or of all that one description covers. What is long silent lends its
 * weight to nothing that a short description happens to cover besides: each counts as much as the lightest.
 *
 * @param chosen the description, among many, because it fits
 */
record SilentGroup(List<Claim.Failing> failing, boolean chosen) {
    SilentGroup {
        failing = List.copyOf(failing);
    }

    /** Each target by itself. */
    static List<SilentGroup> alone(Collection<Claim.Failing> silent) {
        Map<TargetId, List<Claim.Failing>> byTarget = new TreeMap<>();
        silent.forEach(f -> byTarget.computeIfAbsent(f.target().target().id(), t -> new ArrayList<>())
                .add(f));
        return byTarget.values().stream().map(f -> new SilentGroup(f, false)).toList();
    }

    static SilentGroup together(List<Claim.Failing> covered) {
        return new SilentGroup(covered, true);
    }

    /** @param weight of the silent points of a target, over the rounds */
    boolean stands(ToDoubleBiFunction<TargetId, List<PointReading>> weight) {
        Map<TargetId, List<PointReading>> byTarget = new TreeMap<>();
        failing.forEach(f -> byTarget.computeIfAbsent(f.target().target().id(), t -> new ArrayList<>())
                .add(f.point()));
        double all = byTarget.size()
                * byTarget.entrySet().stream()
                        .mapToDouble(e -> weight.applyAsDouble(e.getKey(), e.getValue()))
                        .min()
                        .orElse(0);
        return chosen ? SilenceWeight.standsTogether(all) : SilenceWeight.stands(all);
    }

    /** How many of these are none of the group's. */
    int others(Set<TargetId> targets) {
        return (int) targets.stream()
                .filter(id ->
                        failing.stream().noneMatch(f -> f.target().target().id().equals(id)))
                .count();
    }

    /** Takes what it covers out of these. */
    void leave(Set<Claim.Failing> accidents) {
        failing.forEach(accidents::remove);
    }
}
