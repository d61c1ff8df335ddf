package dev.plumbline.collector.judge;

import dev.plumbline.collector.confirm.Lot;
import dev.plumbline.collector.evidence.Loss;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Jam;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Parts what may be told from what loss or a jam may have done: silence counts once the sequential test says so, for one target
 * over the rounds in which it was silent, or at once for all that one description covers. Silence that no short description
 * covers counts once the next round shows the same. What a jam may have made is weighed by what comes and goes besides. What is
 * no silence was confirmed by being seen twice, or proves itself.
 *
 * <p>What is silent on every segment alike is weighed in the same way on each of them: a server that is overwhelmed for some
 * seconds is silent to all of them at the same moment, and neither down nor blocked.
 */
final class Confirmation {
    private final SegmentReading reading;
    private final Map<TargetId, Double> silentBefore;
    private final Loss loss;
    private final Scale scale;
    private final Descriptions descriptions;

    /**
     * @param descriptions of what fails in the reading
     * @param silentBefore what the silence of the rounds before weighs, of targets that were silent ever since
     */
    Confirmation(SegmentReading reading, Descriptions descriptions, Map<TargetId, Double> silentBefore) {
        this.reading = reading;
        this.descriptions = descriptions;
        this.silentBefore = silentBefore;
        this.loss = reading.loss();
        this.scale = new Scale(reading);
    }

    /** The same case, with what is not confirmed yet among the doubtful. */
    SegmentCase of(SegmentCase segment) {
        if (segment.masked()) {
            return segment;
        }
        Set<Claim.Failing> accidents = accidents(segment.claims(), Jam::made, Lot::isLikelier);
        Set<Claim.Failing> unborne = byUnrest(segment.suspected(), Jam::made, Set.of());
        unborne.addAll(atEdge(segment));
        List<Claim> suspected = parts(segment.suspected(), false, unborne);
        List<Claim> doubtful = new ArrayList<>(parts(segment.claims(), true, accidents));
        unborne.removeAll(accidents);
        doubtful.addAll(parts(segment.suspected(), true, unborne));
        return segment.with(
                parts(segment.claims(), false, accidents),
                suspected,
                doubtful.stream().map(this::doubt).toList(),
                standing(segment.everywhere()));
    }

    /** Accidents among suspicions that will be told of the site: those are weighed as what is told of a segment. */
    private Set<Claim.Failing> atEdge(SegmentCase segment) {
        Set<Claim.Failing> there = segment.suspected().stream()
                .flatMap(c -> c.failing().stream())
                .filter(f -> segment.atEdge().contains(f.point()))
                .collect(Collectors.toSet());
        return there.isEmpty()
                ? Set.of()
                : accidents(parts(segment.suspected(), true, there), Jam::made, Lot::isLikelier);
    }

    /** Of what fails alike everywhere, what is not an accident here. */
    private List<TargetReading> standing(List<TargetReading> everywhere) {
        Set<Claim.Failing> silent = everywhere.stream()
                .flatMap(t -> t.failures().stream()
                        .filter(p -> p.symptom().isSilence())
                        .map(p -> new Claim.Failing(t, p)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (silent.isEmpty()) {
            return everywhere;
        }
        Descriptions ofOthers = new Descriptions(List.of(without(silent)));
        List<Claim> alike = new ArrayList<>();
        for (Claim jam : Jam.claims(reading, everywhere)) {
            alike.add(upstream(jam.rule(), jam.failing()));
            jam.failing().forEach(silent::remove);
        }
        if (!silent.isEmpty()) {
            alike.add(upstream("everywhere", List.copyOf(silent)));
        }
        Set<PointReading> accidents = Collections.newSetFromMap(new IdentityHashMap<>());
        new Confirmation(reading, ofOthers, silentBefore)
                .accidents(alike, Jam::made, Lot::isLikelierThanOutage)
                .forEach(f -> accidents.add(f.point()));
        return everywhere.stream()
                .map(t -> t.without(accidents))
                .filter(t -> !t.failures().isEmpty())
                .toList();
    }

    private static Claim upstream(String rule, List<Claim.Failing> failing) {
        return new Claim(rule, Mechanism.UPSTREAM_BLOCKED, Optional.empty(), failing, "silent everywhere");
    }

    /** The reading as a witness against a description of these: one that accepted and then was silent is none. */
    private SegmentReading without(Set<Claim.Failing> silent) {
        Set<PointReading> points = Collections.newSetFromMap(new IdentityHashMap<>());
        silent.forEach(f -> points.add(f.point()));
        return reading.with(
                reading.readings().stream().map(t -> t.without(points)).toList());
    }

    private static List<Claim> parts(List<Claim> claims, boolean accidental, Set<Claim.Failing> accidents) {
        return claims.stream()
                .flatMap(claim -> part(claim, accidental, accidents).stream())
                .toList();
    }

    private static Optional<Claim> part(Claim claim, boolean accidental, Set<Claim.Failing> accidents) {
        List<Claim.Failing> some = claim.failing().stream()
                .filter(f -> accidents.contains(f) == accidental)
                .toList();
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(new Claim(claim.rule(), claim.mechanism(), claim.scope(), some, claim.because()));
    }

    private Claim doubt(Claim claim) {
        return new Claim(
                claim.rule(),
                claim.mechanism(),
                claim.scope(),
                claim.failing(),
                String.format(
                        "%s; not confirmed yet: of %d connections that stood %d were late, so that loss or a jam may have done it",
                        claim.because(), loss.connects(), loss.late()));
    }

    /** Whether chance is likelier than a description of so many bits, of so many silent targets, of so many asked. */
    private interface Chance {
        boolean isLikelier(double bits, int silent, int asked);
    }

    /** @param jammed claims that a jam may have made */
    private Set<Claim.Failing> accidents(List<Claim> all, Predicate<Claim> jammed, Chance chance) {
        Map<Mechanism, List<Claim>> steady = byMechanism(all, jammed.negate());
        Set<TargetId> drawn = drawnByLot(steady, chance);
        Set<Claim.Failing> accidents = new HashSet<>();
        steady.forEach((mechanism, claims) -> {
            accidents.addAll(byLoss(mechanism, claims));
            silent(mechanism, claims).stream()
                    .filter(f -> drawn.contains(f.target().target().id()))
                    .forEach(accidents::add);
        });
        return byUnrest(all, jammed, accidents);
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
        double bits = 0;
        for (Map.Entry<Mechanism, List<Claim>> entry : byMechanism.entrySet()) {
            List<Claim.Failing> silent = silent(entry.getKey(), entry.getValue());
            if (!silent.isEmpty()) {
                silent.forEach(f -> now.add(f.target().target().id()));
                bits += descriptions
                        .of(entry.getKey(), entry.getValue())
                        .map(Description::bits)
                        .orElse(0.0);
            }
        }
        if (!chance.isLikelier(bits, now.size(), reading.targets().size())) {
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
     * @param jammed claims that a jam may have made
     * @param accidents by loss or by lot
     */
    private Set<Claim.Failing> byUnrest(List<Claim> all, Predicate<Claim> jammed, Set<Claim.Failing> accidents) {
        Set<Claim.Failing> open = new HashSet<>();
        List<SilentGroup> groups = new ArrayList<>();
        byMechanism(all, jammed).forEach((mechanism, claims) -> {
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
