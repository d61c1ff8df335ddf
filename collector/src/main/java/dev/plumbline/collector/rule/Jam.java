package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Description;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.explain.Speaker;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Silence that may follow no rule: what somebody wrote is short and silences the same things at every try, while a jam
 * silences a little of everything. Where more targets were silent in one try and answered in the next than loss makes, silence
 * that takes more words to describe than chance takes to make, or that meets a single name, is told only once it weighs more
 * than what comes and goes. What no rule would make is called slow.
 */
public final class Jam implements Rule {
    private static final String ID = "jam";

    /** From this many unsteady targets on, silence is common on the segment in this round. */
    private static final int UNSTEADY = 2;

    /** A description's length is an estimate, and one of many was chosen: what is told at once takes so much less than chance. */
    private static final double LONGER = 1.5;

    /** How many standard deviations more targets chance may silence than it was seen to. */
    private static final double MORE = 1.5;

    /** More silent addresses of a target than this are no chance while most of the others answer. */
    private static final int MOST_ADDRESSES_BY_CHANCE = 4;

    @Override
    public String id() {
        return ID;
    }

    /** Whether chance may have made what this claims. */
    public static boolean made(Claim claim) {
        return claim.rule().equals(ID);
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        return claims(segment, open);
    }

    /** What chance may have made of these targets, wherever else they fail too. */
    public static List<Claim> claims(SegmentReading segment, List<TargetReading> open) {
        if (!segment.isJammed()) {
            // Steady silence is a rule, however many words it takes: a default that drops, with exceptions.
            return List.of();
        }
        int unsteady = segment.unsteady();
        List<Claim> claims = new ArrayList<>();
        byChance(segment, open).forEach((symptom, chance) -> {
            Optional<Mechanism> mechanism = BySymptom.mechanism(symptom);
            claims.add(new Claim(
                    ID,
                    mechanism.orElse(Mechanism.QUALITY_SLOW),
                    mechanism.isPresent() ? Optional.empty() : Optional.of(Scope.ALL),
                    chance,
                    chance.size() + " attempts stayed without an answer where " + unsteady
                            + " other targets answered only at the second try"));
        });
        return claims;
    }

    /**
     * What no part of a description covers that takes fewer bits than chance. Whatever falls shows that chance silences more,
     * and makes the rest likelier by chance.
     */
    private static Map<Symptom, List<Claim.Failing>> byChance(SegmentReading segment, List<TargetReading> open) {
        List<Claim.Failing> silent = Failures.of(open, p -> p.symptom().isSilence());
        Map<Symptom, List<Description.Part>> standing = new EnumMap<>(Symptom.class);
        silent.forEach(f -> standing.computeIfAbsent(f.point().symptom(), s -> describe(s, silent, segment)));
        List<Claim.Failing> chance = List.of();
        boolean fell = true;
        while (fell) {
            Odds odds = Odds.of(segment, targets(chance));
            fell = false;
            for (Map.Entry<Symptom, List<Description.Part>> entry : standing.entrySet()) {
                fell |= entry.getValue()
                        .removeIf(part -> odds.mayBeChance(part, covered(part, entry.getKey(), silent)));
            }
            chance = silent.stream()
                    .filter(f -> standing.getOrDefault(f.point().symptom(), List.of()).stream()
                            .noneMatch(part -> part.scope().matches(f.point().point())))
                    .toList();
        }
        return chance.stream()
                .collect(Collectors.groupingBy(
                        f -> f.point().symptom(), () -> new EnumMap<>(Symptom.class), Collectors.toList()));
    }

    private static List<Description.Part> describe(
            Symptom symptom, List<Claim.Failing> silent, SegmentReading segment) {
        List<Point> answered = segment.points().stream()
                .filter(p -> !p.failed() && p.reached().atLeast(symptom.layer()))
                .map(PointReading::point)
                .toList();
        List<Point> same = silent.stream()
                .filter(f -> f.point().symptom() == symptom)
                .map(f -> f.point().point())
                .toList();
        return Explainer.describe(speaker(symptom), same, answered, List.of())
                .map(Description::parts)
                .map(ArrayList::new)
                .orElseGet(ArrayList::new);
    }

    private static List<Claim.Failing> covered(Description.Part part, Symptom symptom, List<Claim.Failing> silent) {
        return silent.stream()
                .filter(f -> f.point().symptom() == symptom
                        && part.scope().matches(f.point().point()))
                .toList();
    }

    private static int targets(Collection<Claim.Failing> failing) {
        return (int)
                failing.stream().map(f -> f.target().target().id()).distinct().count();
    }

    private static Speaker speaker(Symptom silence) {
        return silence == Symptom.DNS_SILENT ? Speaker.RESOLVER : Speaker.PACKETS;
    }

    /**
     * Bits that chance takes: for each silent point, if it meets any try of any address by itself; or for each silent target, if
     * it meets all tries of a target as one.
     */
    private record Odds(int unsteady, double forEachPoint, double forEachTarget) {
        /** @param drawn targets that chance silenced, as far as is known */
        static Odds of(SegmentReading segment, int drawn) {
            int asked = segment.targets().size();
            double steady = (drawn + 1 + MORE * Math.sqrt(drawn + 1)) / (asked + 2);
            return new Odds(segment.unsteady(), bits((segment.unsteady() + drawn + 0.5) / asked), bits(steady));
        }

        private static double bits(double share) {
            return -Math.log(Math.min(1, share)) / Math.log(2);
        }

        /** A single name may be anything while others come and go; a port or a block of addresses may not. */
        boolean mayBeChance(Description.Part part, List<Claim.Failing> covered) {
            int targets = targets(covered);
            long hosts = covered.stream()
                    .map(f -> f.target().target().host())
                    .distinct()
                    .count();
            boolean alone = unsteady >= UNSTEADY
                    && hosts == 1
                    && covered.size() <= MOST_ADDRESSES_BY_CHANCE * targets
                    && part.scope().atoms().stream().anyMatch(Atom::isNamed);
            return alone || LONGER * part.bits() >= Math.max(forEachPoint * covered.size(), forEachTarget * targets);
        }
    }
}
