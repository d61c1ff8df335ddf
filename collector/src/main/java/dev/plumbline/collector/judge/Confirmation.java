package dev.plumbline.collector.judge;

import dev.plumbline.collector.confirm.Lot;
import dev.plumbline.collector.evidence.Loss;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Jam;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Descriptions descriptions;
    private final Accidents accidents;

    /**
     * @param descriptions of what fails in the reading
     * @param silentBefore what the silence of the rounds before weighs, of targets that were silent ever since
     */
    Confirmation(SegmentReading reading, Descriptions descriptions, Map<TargetId, Double> silentBefore) {
        this.reading = reading;
        this.descriptions = descriptions;
        this.silentBefore = silentBefore;
        this.accidents = new Accidents(reading, descriptions, silentBefore);
    }

    /** The same case, with what is not confirmed yet among the doubtful. */
    SegmentCase of(SegmentCase segment) {
        if (segment.masked()) {
            return segment;
        }
        Set<Claim.Failing> drawn = accidents.among(segment.claims(), Lot::isLikelier);
        Set<Claim.Failing> unborne = accidents.byUnrest(segment.suspected());
        unborne.addAll(atEdge(segment));
        List<Claim> suspected = parts(segment.suspected(), false, unborne);
        List<Claim> doubtful = new ArrayList<>(parts(segment.claims(), true, drawn));
        unborne.removeAll(drawn);
        doubtful.addAll(parts(segment.suspected(), true, unborne));
        return segment.with(
                parts(segment.claims(), false, drawn),
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
        return there.isEmpty() ? Set.of() : accidents.among(parts(segment.suspected(), true, there), Lot::isLikelier);
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
        Descriptions ofOthers = descriptions.against(without(silent));
        List<Claim> alike = new ArrayList<>();
        for (Claim jam : Jam.claims(reading, everywhere)) {
            alike.add(upstream(jam.rule(), jam.failing()));
            jam.failing().forEach(silent::remove);
        }
        if (!silent.isEmpty()) {
            alike.add(upstream("everywhere", List.copyOf(silent)));
        }
        Set<PointReading> drawn = Collections.newSetFromMap(new IdentityHashMap<>());
        new Accidents(reading, ofOthers, silentBefore)
                .among(alike, Lot::isLikelierThanOutage)
                .forEach(f -> drawn.add(f.point()));
        return everywhere.stream()
                .map(t -> t.without(drawn))
                .filter(t -> !t.failures().isEmpty())
                .toList();
    }

    private static Claim upstream(String rule, List<Claim.Failing> failing) {
        return new Claim(rule, Mechanism.UPSTREAM_BLOCKED, Optional.empty(), failing, "silent everywhere");
    }

    /** What bears witness against a description of these: a point that accepted and then was silent does not. */
    private List<TargetReading> without(Set<Claim.Failing> silent) {
        Set<PointReading> points = Collections.newSetFromMap(new IdentityHashMap<>());
        silent.forEach(f -> points.add(f.point()));
        return reading.readings().stream()
                .map(t -> t.any(points::contains) ? t.without(points) : t)
                .toList();
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
        Loss loss = reading.loss();
        return new Claim(
                claim.rule(),
                claim.mechanism(),
                claim.scope(),
                claim.failing(),
                String.format(
                        "%s; not confirmed yet: of %d connections that stood %d were late, so that loss or a jam may have done it",
                        claim.because(), loss.connects(), loss.late()));
    }
}
