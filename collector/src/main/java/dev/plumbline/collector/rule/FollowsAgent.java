package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.Build;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A failure of the agent's own: another agent of the segment proves the same address in the same round; or it came with a new
 * build of the agent, on several segments alike, and with no other build. What proves itself is somebody's doing all the
 * same, and what chance may have done is left to the rules that know chance.
 */
public record FollowsAgent(String id, List<Rule> ofChance) implements Rule {
    /** Asked before whatever accuses a segment. */
    static FollowsAgent first(Rule... ofChance) {
        return new FollowsAgent("follows-agent", List.of(ofChance));
    }

    /** Asked about what chance did not explain in the end. */
    static FollowsAgent last() {
        return new FollowsAgent("follows-agent-for-certain", List.of());
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        boolean alone = segment.company().colleagues().isEmpty()
                && segment.company().formerly().isEmpty();
        if (alone) {
            return List.of();
        }
        Set<PointReading> chance = Collections.newSetFromMap(new IdentityHashMap<>());
        ofChance.stream()
                .flatMap(rule -> rule.claims(segment, open, elsewhere).stream())
                .flatMap(claim -> claim.failing().stream())
                .forEach(f -> chance.add(f.point()));
        Map<String, List<Claim.Failing>> byReason = new LinkedHashMap<>();
        for (TargetReading target : open) {
            Optional<String> build = byBuild(segment, target, elsewhere);
            for (Claim.Failing f : Failures.of(target)) {
                if (!f.point().symptom().provesItself() && !chance.contains(f.point())) {
                    byColleague(segment, target.target().id(), f.point())
                            .or(() -> build)
                            .ifPresent(reason -> byReason.computeIfAbsent(reason, r -> new ArrayList<>())
                                    .add(f));
                }
            }
        }
        return byReason.entrySet().stream()
                .map(e -> new Claim(id(), Mechanism.AGENT_DIFFERS, Optional.empty(), e.getValue(), e.getKey()))
                .toList();
    }

    /** Whether another agent of the segment proves whatever fails of a target: then it is nobody else's, however it looks elsewhere. */
    public static boolean isProvedBeside(SegmentReading segment, TargetReading target) {
        return provedBeside(segment, target).isPresent();
    }

    /** What a segment shows to others: of what fails for its agent alone, what its colleague saw. */
    public static SegmentReading forOthers(SegmentReading segment) {
        return segment.company().colleagues().isEmpty()
                ? segment
                : segment.with(segment.readings().stream()
                        .map(target -> provedBeside(segment, target).orElse(target))
                        .toList());
    }

    private static Optional<TargetReading> provedBeside(SegmentReading segment, TargetReading target) {
        TargetId id = target.target().id();
        List<PointReading> failures = target.failures();
        if (failures.isEmpty() || failures.stream().anyMatch(p -> p.symptom().provesItself())) {
            return Optional.empty();
        }
        return segment.company().colleagues().stream()
                .filter(colleague -> failures.stream().allMatch(p -> proves(segment, colleague, id, p)))
                .findFirst()
                .flatMap(colleague -> colleague.target(id));
    }

    private static Optional<String> byColleague(SegmentReading segment, TargetId target, PointReading failing) {
        return segment.company().colleagues().stream()
                .filter(colleague -> proves(segment, colleague, target, failing))
                .findFirst()
                .map(colleague ->
                        colleague.agent() + described(colleague) + " proves in the same round and segment what "
                                + segment.agent() + described(segment) + " does not reach");
    }

    private static boolean proves(
            SegmentReading segment, SegmentReading colleague, TargetId target, PointReading failing) {
        return colleague
                .target(target)
                .filter(theirs -> provesTheSame(segment, colleague, theirs, failing))
                .isPresent();
    }

    /** The same address; or, where the name did not resolve, all of it by the same resolvers. */
    private static boolean provesTheSame(
            SegmentReading segment, SegmentReading colleague, TargetReading theirs, PointReading failing) {
        return failing.point().address().isPresent()
                ? theirs.any(p ->
                        p.proved() && p.point().address().equals(failing.point().address()))
                : theirs.result() == TargetReading.Result.PASS
                        && !resolvers(segment).isEmpty()
                        && resolvers(segment).equals(resolvers(colleague));
    }

    private static Set<String> resolvers(SegmentReading reading) {
        return reading.environment().map(e -> Set.copyOf(e.resolvers())).orElse(Set.of());
    }

    private static String described(SegmentReading reading) {
        return reading.build().map(b -> " (" + b + ")").orElse("");
    }

    private static Optional<String> byBuild(SegmentReading segment, TargetReading target, Elsewhere elsewhere) {
        TargetId id = target.target().id();
        Optional<Build> build = segment.build();
        Optional<Build> former =
                Optional.ofNullable(segment.company().formerly().get(id));
        if (build.isEmpty() || former.isEmpty() || !elsewhere.provedSomewhere(id)) {
            return Optional.empty();
        }
        List<SegmentReading> same = Stream.concat(elsewhere.inside().stream(), elsewhere.outside().stream())
                .filter(s -> s.build().equals(build))
                .toList();
        boolean provedByIt = same.stream()
                .anyMatch(s ->
                        s.target(id).filter(r -> r.any(PointReading::proved)).isPresent());
        Symptom symptom = Elsewhere.main(target);
        List<String> alike = same.stream()
                .filter(s -> s.company().formerly().containsKey(id))
                .filter(s -> s.target(id)
                        .filter(r -> r.failuresBySymptom().containsKey(symptom))
                        .isPresent())
                .map(s -> s.segment().id().value())
                .sorted()
                .toList();
        return provedByIt || alike.isEmpty()
                ? Optional.empty()
                : Optional.of("since the agent is " + build.get() + " it fails, and on " + String.join(", ", alike)
                        + " too; " + former.get() + " proved it, and other builds do");
    }
}
