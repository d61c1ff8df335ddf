package dev.plumbline.collector.judge;

import dev.plumbline.collector.confirm.Lot;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Jam;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds what chance may have made: silence that the loss of the segment explains, silence that looks drawn by lot, and what
 * comes and goes in a jam.
 */
final class Accidents {
    private final SegmentReading reading;
    private final Map<TargetId, Double> silentBefore;
    private final Scale scale;
    private final Descriptions descriptions;

    /**
     * @param descriptions of what fails in the reading
     * @param silentBefore what the silence of the rounds before weighs, of targets that were silent ever since
     */
    Accidents(SegmentReading reading, Descriptions descriptions, Map<TargetId, Double> silentBefore) {
        this.reading = reading;
        this.descriptions = descriptions;
        this.silentBefore = silentBefore;
        this.scale = new Scale(reading);
    }

    /** Whether chance is likelier than a description of so many bits, of so many silent targets, of so many asked. */
    interface Chance {
        boolean isLikelier(double bits, int silent, int asked);
    }

    /** By loss, by lot or by a jam. */
    Set<Claim.Failing> among(List<Claim> all, Chance chance) {
        Map<Mechanism, List<Claim>> steady = byMechanism(all, claim -> !Jam.made(claim));
        Set<TargetId> drawn = drawnByLot(steady, chance);
        Set<Claim.Failing> accidents = new HashSet<>();
        steady.forEach((mechanism, claims) -> {
            accidents.addAll(byLoss(mechanism, claims));
            silent(mechanism, claims).stream()
                    .filter(f -> drawn.contains(f.target().target().id()))
                    .forEach(accidents::add);
        });
        return byUnrest(all, accidents);
    }

    /** What a jam may have made. */
    Set<Claim.Failing> byUnrest(List<Claim> all) {
        return byUnrest(all, Set.of());
    }

    private static Map<Mechanism, List<Claim>> byMechanism(List<Claim> claims, Predicate<Claim> which) {
        Map<Mechanism, List<Claim>> byMechanism = new EnumMap<>(Mechanism.class);
        claims.stream()
                .filter(which)
                .forEach(c -> byMechanism
                        .computeIfAbsent(c.mechanism(), m -> new ArrayList<>())
                        .add(c));
        return byMechanism;
    }

    private static List<Claim.Failing> silent(Mechanism mechanism, List<Claim> claims) {
        // What is reached is told by a handshake that stands, whatever was not answered after it.
        return mechanism.severity() == Severity.NOTE || mechanism == Mechanism.OUTBOUND_OPEN
                ? List.of()
                : claims.stream()
                        .flatMap(c -> c.failing().stream())
                        .filter(f -> f.point().symptom().isSilence())
                        .toList();
    }

    /**
     * Targets whose silence follows no rule, so that chance may have drawn them: all of them in the first round, and only the
     * new ones once those of the round before are silent again.
     */
    private Set<TargetId> drawnByLot(Map<Mechanism, List<Claim>> byMechanism, Chance chance) {
        Set<TargetId> now = new HashSet<>();
        Map<Mechanism, List<Claim>> described = new EnumMap<>(Mechanism.class);
        byMechanism.forEach((mechanism, claims) -> {
            List<Claim.Failing> silent = silent(mechanism, claims);
            if (!silent.isEmpty()) {
                silent.forEach(f -> now.add(f.target().target().id()));
                described.put(mechanism, claims);
            }
        });
        // A description is searched for only where its length can matter.
        if (!Lot.canTell(now.size())
                || !chance.isLikelier(
                        bits(described), now.size(), reading.targets().size())) {
            return Set.of();
        }
        Set<TargetId> again = new HashSet<>(now);
        again.retainAll(silentBefore.keySet());
        long answered = silentBefore.keySet().stream()
                .filter(id ->
                        reading.target(id).map(r -> r.failures().isEmpty()).orElse(false))
                .count();
        if (Lot.isSame(again.size() + (int) answered, again.size())) {
            now.removeAll(again);
        }
        return now;
    }

    /** Of all their descriptions. */
    private double bits(Map<Mechanism, List<Claim>> byMechanism) {
        double bits = 0;
        for (Map.Entry<Mechanism, List<Claim>> entry : byMechanism.entrySet()) {
            bits += descriptions
                    .of(entry.getKey(), entry.getValue())
                    .map(Description::bits)
                    .orElse(0.0);
        }
        return bits;
    }

    /** Of what is silent, what the loss of the segment may have done. */
    private Set<Claim.Failing> byLoss(Mechanism mechanism, List<Claim> claims) {
        List<Claim.Failing> silent = silent(mechanism, claims);
        Set<Claim.Failing> accidents = new HashSet<>(silent);
        SilentGroup.alone(silent).stream().filter(this::standsByLoss).forEach(g -> g.leave(accidents));
        if (!accidents.isEmpty()) {
            together(mechanism, claims, silent).stream()
                    .filter(this::standsByLoss)
                    .forEach(g -> g.leave(accidents));
        }
        return accidents;
    }

    private boolean standsByLoss(SilentGroup group) {
        return group.stands((id, points) -> before(id) + scale.byLoss(points));
    }

    /**
     * The accidents, with those that a jam may have made. What stands follows a rule; whatever does not shows that targets
     * are silent by chance, so that less of the rest stands.
     *
     * @param accidents by loss or by lot
     */
    private Set<Claim.Failing> byUnrest(List<Claim> all, Set<Claim.Failing> accidents) {
        Set<Claim.Failing> open = new HashSet<>();
        List<SilentGroup> groups = new ArrayList<>();
        byMechanism(all, Jam::made).forEach((mechanism, claims) -> {
            List<Claim.Failing> silent = silent(mechanism, claims);
            open.addAll(silent);
            groups.addAll(SilentGroup.alone(silent));
            groups.addAll(together(mechanism, claims, silent));
        });
        Set<Claim.Failing> drawn = new HashSet<>(accidents);
        int known;
        do {
            known = drawn.size();
            Set<TargetId> silent =
                    drawn.stream().map(f -> f.target().target().id()).collect(Collectors.toSet());
            Set<Claim.Failing> fallen = new HashSet<>(open);
            groups.stream().filter(g -> standsInUnrest(g, silent)).forEach(g -> g.leave(fallen));
            drawn.addAll(fallen);
        } while (drawn.size() > known);
        return drawn;
    }

    private boolean standsInUnrest(SilentGroup group, Set<TargetId> drawn) {
        int others = group.others(drawn);
        return group.stands((id, points) -> before(id) + scale.weight(points, others));
    }

    /** What each part of the shortest description covers. */
    private List<SilentGroup> together(Mechanism mechanism, List<Claim> claims, List<Claim.Failing> silent) {
        return descriptions
                .scope(mechanism, claims)
                .map(scope -> scope.atoms().stream()
                        .map(atom -> SilentGroup.together(silent.stream()
                                .filter(f -> atom.matches(f.point().point()))
                                .toList()))
                        .toList())
                .orElse(List.of());
    }

    private double before(TargetId target) {
        return silentBefore.getOrDefault(target, 0.0);
    }
}
