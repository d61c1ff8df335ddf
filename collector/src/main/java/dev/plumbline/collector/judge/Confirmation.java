package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.collector.confirm.SequentialTest;
import dev.plumbline.collector.evidence.Loss;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parts what may be told from what loss may have done: silence counts once the sequential test says so, for one target over
 * the rounds in which it was silent, or at once for all that one description covers. What is no silence was confirmed by
 * being seen twice, or proves itself.
 */
final class Confirmation {
    private final SegmentReading reading;
    private final Map<TargetId, Double> silentBefore;
    private final Loss loss;

    /** @param silentBefore what the silence of the rounds before weighs, of targets that were silent ever since */
    Confirmation(SegmentReading reading, Map<TargetId, Double> silentBefore) {
        this.reading = reading;
        this.silentBefore = silentBefore;
        this.loss = reading.loss();
    }

    /** The same case, with what is not confirmed yet among the doubtful. */
    SegmentCase of(SegmentCase segment) {
        if (segment.masked()) {
            return segment;
        }
        Map<Mechanism, List<Claim>> byMechanism = new EnumMap<>(Mechanism.class);
        segment.claims()
                .forEach(c -> byMechanism
                        .computeIfAbsent(c.mechanism(), m -> new ArrayList<>())
                        .add(c));
        List<Claim> standing = new ArrayList<>();
        List<Claim> doubtful = new ArrayList<>();
        byMechanism.forEach((mechanism, claims) -> {
            Set<Claim.Failing> accidents = mechanism.severity() == Severity.NOTE ? Set.of() : accidents(claims);
            for (Claim claim : claims) {
                part(claim, false, accidents).ifPresent(standing::add);
                part(claim, true, accidents).map(this::doubt).ifPresent(doubtful::add);
            }
        });
        return segment.with(standing, doubtful);
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
                        "%s; not confirmed yet: of %d connections that stood %d were late, so that loss may have done it",
                        claim.because(), loss.connects(), loss.late()));
    }

    private Set<Claim.Failing> accidents(List<Claim> claims) {
        List<Claim.Failing> silent = claims.stream()
                .flatMap(c -> c.failing().stream())
                .filter(f -> f.point().symptom().isSilence())
                .toList();
        Set<Claim.Failing> accidents = new HashSet<>(silent);
        accidents.removeIf(f -> SequentialTest.stands(weight(f.target().target().id(), silent)));
        if (accidents.isEmpty()) {
            return accidents;
        }
        FindingWriter.scope(claims.get(0).mechanism(), claims, List.of(reading)).ifPresent(scope -> {
            for (Atom atom : scope.atoms()) {
                List<Claim.Failing> covered = silent.stream()
                        .filter(f -> atom.matches(f.point().point()))
                        .toList();
                if (SequentialTest.standsTogether(weight(covered))) {
                    covered.forEach(accidents::remove);
                }
            }
        });
        return accidents;
    }

    private double weight(TargetId target, List<Claim.Failing> silent) {
        return weight(silent.stream()
                .filter(f -> f.target().target().id().equals(target))
                .toList());
    }

    /** Of these points now, and of their targets before. */
    private double weight(List<Claim.Failing> silent) {
        int tries = silent.stream().mapToInt(f -> f.point().silentTries()).sum();
        double before = silent.stream()
                .map(f -> f.target().target().id())
                .distinct()
                .mapToDouble(id -> silentBefore.getOrDefault(id, 0.0))
                .sum();
        return SequentialTest.weight(tries, loss) + before;
    }
}
