package dev.plumbline.deploy.here;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that one run says of this host.
 *
 * @param roles what the host was judged as
 * @param targets what was to be probed
 * @param elapsed from the first probe to the verdict
 * @param origin where the facts come from, when they were not measured just now
 */
record HostReport(
        Set<Role> roles,
        String edition,
        List<Target> targets,
        RoundVerdict verdict,
        RoundSummary summary,
        Duration elapsed,
        Optional<Origin> origin) {
    HostReport {
        roles = Set.copyOf(roles);
        targets = List.copyOf(targets);
    }

    /** The answer to the whole question. */
    Requirement.Verdict answer() {
        List<Requirement.Verdict> all =
                verdict.requirements().stream().map(Requirement::verdict).toList();
        boolean violated = verdict.findings().stream().anyMatch(f -> f.severity() == Severity.VIOLATION);
        if (violated || all.contains(Requirement.Verdict.BROKEN)) {
            return Requirement.Verdict.BROKEN;
        }
        return all.isEmpty() || all.contains(Requirement.Verdict.INSUFFICIENT)
                ? Requirement.Verdict.INSUFFICIENT
                : Requirement.Verdict.MET;
    }

    /** True when this host has no way to anywhere, so that nothing was tried. */
    boolean hasNoNetwork() {
        return summary.skipped().containsValue(Skip.of(SkipReason.NO_NETWORK));
    }

    /** What breaks a rule here: findings, and suspicions that are plain enough to settle the state of their targets. */
    List<Finding> broken() {
        return broken(verdict);
    }

    static List<Finding> broken(RoundVerdict verdict) {
        Set<String> settling = verdict.cells().stream()
                .filter(c -> c.state() != State.INSUFFICIENT)
                .map(Cell::because)
                .collect(Collectors.toSet());
        return Stream.concat(
                        verdict.findings().stream(),
                        verdict.suspicions().stream().filter(f -> settling.contains(f.sentence())))
                .filter(f -> f.severity() != Severity.NOTE)
                .toList();
    }

    boolean isSuspicion(Finding finding) {
        return verdict.suspicions().contains(finding);
    }

    /** Required targets that failed without any cause that explains them. */
    List<Cell> unsettled() {
        Set<TargetId> explained = new TreeSet<>();
        broken().forEach(f -> explained.addAll(f.targets()));
        return verdict.cells().stream()
                .filter(Cell::required)
                .filter(c -> c.state() == State.INSUFFICIENT || c.soft())
                .filter(c -> !explained.contains(c.target()))
                .toList();
    }

    /** Skipped targets by reason. */
    Map<SkipReason, List<TargetId>> skipped() {
        Map<SkipReason, List<TargetId>> byReason = new TreeMap<>();
        new TreeMap<>(summary.skipped())
                .forEach((id, skip) -> byReason.computeIfAbsent(skip.reason(), r -> new ArrayList<>())
                        .add(id));
        return byReason;
    }
}
