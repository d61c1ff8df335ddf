package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.remedy.Remedies;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Turns claims into findings: one for each mechanism at a place, with the shortest scope, witnesses, sentence and remedy. */
final class FindingWriter {
    private static final int MOST_WITNESSES = 20;

    /**
     * @param descriptions of what fails on the readings whose passing points a scope must not cover
     * @param counts which targets may open a finding of a mechanism: one of them at least must be among the failing
     */
    List<Finding> write(
            Place place, List<Claim> claims, Descriptions descriptions, BiPredicate<Mechanism, Target> counts) {
        Map<Mechanism, List<Claim>> byMechanism = new EnumMap<>(Mechanism.class);
        claims.forEach(c -> byMechanism
                .computeIfAbsent(c.mechanism(), m -> new ArrayList<>())
                .add(c));
        underOneRule(byMechanism, descriptions);
        List<Finding> findings = new ArrayList<>();
        byMechanism.forEach((mechanism, same) -> {
            Predicate<Target> counted = target -> counts.test(mechanism, target);
            List<Claim.Failing> failing =
                    same.stream().flatMap(c -> c.failing().stream()).toList();
            if (failing.stream().anyMatch(f -> counted.test(f.target().target()))) {
                descriptions
                        .scope(mechanism, same)
                        .ifPresent(scope -> findings.add(finding(place, mechanism, scope, failing, same, counted)));
            }
        });
        return findings;
    }

    /** A rule that drops whatever goes somewhere drops UDP too: where one rule says all silence in fewer words, it is their cause. */
    private static void underOneRule(Map<Mechanism, List<Claim>> byMechanism, Descriptions descriptions) {
        List<Claim> dropped = byMechanism.getOrDefault(Mechanism.TCP_DROP, List.of());
        List<Claim> silent = byMechanism.getOrDefault(Mechanism.UDP_SILENT, List.of());
        if (dropped.isEmpty() || silent.isEmpty()) {
            return;
        }
        List<Claim> both = new ArrayList<>(dropped);
        both.addAll(silent);
        if (descriptions.bits(Mechanism.TCP_DROP, both)
                < descriptions.bits(Mechanism.TCP_DROP, dropped) + descriptions.bits(Mechanism.UDP_SILENT, silent)) {
            byMechanism.remove(Mechanism.UDP_SILENT);
            dropped.addAll(silent);
        }
    }

    private static Finding finding(
            Place place,
            Mechanism mechanism,
            Scope scope,
            List<Claim.Failing> failing,
            List<Claim> claims,
            Predicate<Target> counts) {
        List<TargetId> targets = failing.stream()
                .filter(f -> f.point().failed() || mechanism.meetsWhatWorks())
                .map(f -> f.target().target())
                .filter(counts)
                .map(Target::id)
                .distinct()
                .sorted()
                .toList();
        String because = claims.stream().map(Claim::because).distinct().collect(Collectors.joining("; "));
        String sentence = place + ": " + mechanism.phrase() + " (" + scope + "): " + because + ". "
                + (targets.size() == 1 ? "1 target: " : targets.size() + " targets: ")
                + targets.stream().limit(4).map(TargetId::value).collect(Collectors.joining(", "))
                + (targets.size() > 4 ? ", ..." : "") + ".";
        return new Finding(
                place,
                mechanism,
                scope,
                targets,
                witnesses(failing, counts),
                sentence,
                Remedies.of(place, mechanism, scope));
    }

    /** One for each target and address, those of required targets first. */
    private static List<Witness> witnesses(List<Claim.Failing> failing, Predicate<Target> counts) {
        List<Witness> all = new ArrayList<>();
        Set<TargetId> seen = new HashSet<>();
        List<PointReading> later = new ArrayList<>();
        for (Claim.Failing f : failing) {
            if (counts.test(f.target().target()) && seen.add(f.target().target().id())) {
                all.add(f.point().witness());
            } else {
                later.add(f.point());
            }
        }
        later.forEach(p -> all.add(p.witness()));
        return all.stream().limit(MOST_WITNESSES).toList();
    }
}
