package dev.plumbline.collector.rejudge;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts, round by round, what two verdicts on the same facts say. */
final class Comparison {
    private record Rule(SegmentId segment, String requirement) implements Comparable<Rule> {
        @Override
        public int compareTo(Rule other) {
            return Comparator.comparing(Rule::segment)
                    .thenComparing(Rule::requirement)
                    .compare(this, other);
        }
    }

    private record Cause(Place place, Mechanism mechanism) implements Comparable<Cause> {
        @Override
        public int compareTo(Cause other) {
            return Comparator.comparing(Cause::place)
                    .thenComparing(Cause::mechanism)
                    .compare(this, other);
        }
    }

    private final Map<Rule, EditionChanges.RequirementChange> requirements = new TreeMap<>();
    private final Map<Cause, EditionChanges.CauseChange> causes = new TreeMap<>();
    private int rounds;
    private Optional<EditionChanges.Span> span = Optional.empty();

    void add(RoundVerdict inForce, RoundVerdict other) {
        Instant at = Instant.ofEpochMilli(inForce.round());
        rounds++;
        span = span.map(s -> s.and(at)).or(() -> Optional.of(new EditionChanges.Span(at, at)));
        Map<Rule, Requirement> otherwise = new TreeMap<>();
        other.requirements().forEach(r -> otherwise.put(new Rule(r.segment(), r.id()), r));
        for (Requirement requirement : inForce.requirements()) {
            Rule rule = new Rule(requirement.segment(), requirement.id());
            count(rule, requirement.verdict(), Optional.ofNullable(otherwise.remove(rule)), at);
        }
        // What only the other edition asks for was met by whoever was not asked.
        otherwise.forEach((rule, requirement) -> count(rule, Requirement.Verdict.MET, Optional.of(requirement), at));
        Map<Cause, Finding> told = causes(inForce);
        Map<Cause, Finding> toldOtherwise = causes(other);
        Set<Cause> all = new TreeSet<>(told.keySet());
        all.addAll(toldOtherwise.keySet());
        all.forEach(cause ->
                count(cause, Optional.ofNullable(told.get(cause)), Optional.ofNullable(toldOtherwise.get(cause))));
    }

    private static Map<Cause, Finding> causes(RoundVerdict verdict) {
        Map<Cause, Finding> causes = new TreeMap<>();
        verdict.findings().stream()
                .filter(f -> f.mechanism().severity() != Severity.NOTE)
                .forEach(f -> causes.put(new Cause(f.place(), f.mechanism()), f));
        return causes;
    }

    /** @param other empty where the other edition asks for nothing */
    private void count(Rule rule, Requirement.Verdict verdict, Optional<Requirement> other, Instant at) {
        Requirement.Verdict otherwise = other.map(Requirement::verdict).orElse(Requirement.Verdict.MET);
        EditionChanges.RequirementChange before = requirements.getOrDefault(
                rule,
                new EditionChanges.RequirementChange(
                        rule.segment(),
                        rule.requirement(),
                        EditionChanges.Tally.NONE,
                        EditionChanges.Tally.NONE,
                        0,
                        new EditionChanges.Span(at, at),
                        ""));
        boolean changed = verdict != otherwise;
        requirements.put(
                rule,
                new EditionChanges.RequirementChange(
                        rule.segment(),
                        rule.requirement(),
                        before.inForce().and(verdict),
                        before.other().and(otherwise),
                        before.changed() + (changed ? 1 : 0),
                        !changed
                                ? before.span()
                                : before.changed() == 0
                                        ? new EditionChanges.Span(at, at)
                                        : before.span().and(at),
                        changed ? other.map(Requirement::because).orElse("asks for nothing of it") : before.because()));
    }

    private void count(Cause cause, Optional<Finding> inForce, Optional<Finding> other) {
        EditionChanges.CauseChange before = causes.getOrDefault(
                cause, new EditionChanges.CauseChange(cause.place(), cause.mechanism(), "", 0, 0, 0));
        boolean changed = !inForce.map(Finding::scope).equals(other.map(Finding::scope));
        causes.put(
                cause,
                new EditionChanges.CauseChange(
                        cause.place(),
                        cause.mechanism(),
                        other.or(() -> inForce).map(f -> f.scope().toString()).orElse(""),
                        before.inForce() + (inForce.isPresent() ? 1 : 0),
                        before.other() + (other.isPresent() ? 1 : 0),
                        before.changed() + (changed ? 1 : 0)));
    }

    EditionChanges changes(String inForce, String other, List<EditionChanges.Unasked> unasked, long leftOut) {
        List<EditionChanges.RequirementChange> changed = new ArrayList<>(requirements.values());
        changed.removeIf(r -> r.changed() == 0);
        List<EditionChanges.CauseChange> moved = new ArrayList<>(causes.values());
        moved.removeIf(c -> c.changed() == 0);
        return new EditionChanges(inForce, other, rounds, span, changed, moved, unasked, leftOut);
    }
}
