package dev.plumbline.collector.judge;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges the house rules of one segment from its cells, each with both answers: is the rule met, and would things still work. */
final class RequirementWriter {
    private static final int COURIER_PORT = 5223;

    private final Map<TargetId, Target> targets;

    RequirementWriter(Map<TargetId, Target> targets) {
        this.targets = targets;
    }

    /**
     * One requirement for each house rule that the segment owes something under.
     *
     * @param owed targets of the segment's plan that are required of it
     * @param reaped findings of quiet connections that are ended
     */
    List<Requirement> write(SegmentReading reading, List<Target> owed, List<Cell> seen, List<Finding> reaped) {
        Segment segment = reading.segment();
        List<Cell> cells =
                seen.stream().map(c -> apartFromAge(c, reading, reaped)).toList();
        List<Requirement> all = new ArrayList<>();
        if (segment.roles().contains(Role.DEVICE)) {
            Persistence.judge(reading, reaped).ifPresent(all::add);
            List<Cell> direct = of(cells, t -> t.probe() == ProbeKind.COURIER && t.port() == COURIER_PORT);
            List<Cell> fallback = of(cells, t -> t.probe() == ProbeKind.COURIER && t.port() != COURIER_PORT);
            Verdict works = any(works(direct), works(fallback));
            all.add(requirement(segment, "apns-device-direct", direct, works));
            all.add(requirement(segment, "apns-device-fallback", fallback, works));
        }
        if (segment.roles().contains(Role.MDM_SERVER)) {
            List<Cell> provider = of(cells, t -> t.probe() == ProbeKind.PROVIDER_API);
            // One open port of the two is enough for a server that is told which.
            Verdict works = provider.stream().anyMatch(RequirementWriter::works) ? Verdict.MET : verdict(provider);
            all.add(requirement(segment, "apns-provider-direct", provider, works));
        }
        List<Cell> identified = of(cells, t -> t.identity() != IdentityClass.NONE);
        boolean intercepted = identified.stream().anyMatch(c -> c.state() == State.INTERCEPTED);
        boolean genuine = identified.stream().anyMatch(c -> c.state() == State.OK);
        Verdict unopened = intercepted ? Verdict.BROKEN : genuine ? Verdict.MET : Verdict.INSUFFICIENT;
        all.add(new Requirement(
                segment.id(),
                "no-interception",
                unopened,
                because(identified, c -> c.state() == State.INTERCEPTED),
                unopened));
        all.add(resolution(segment, cells.stream().filter(Cell::required).toList()));
        group(segment, "certificate-validation", owed, cells, RequirementWriter::validates)
                .ifPresent(all::add);
        group(
                        segment,
                        "enterprise-hosts",
                        owed,
                        cells,
                        t -> !validates(t) && !t.services().contains(Service.APNS))
                .ifPresent(all::add);
        return all;
    }

    /** How old a connection may grow is a house rule of its own: the others ask whether one is to be had. */
    private static Cell apartFromAge(Cell cell, SegmentReading reading, List<Finding> reaped) {
        boolean aged = cell.state() == State.IMPAIRED
                && reaped.stream().anyMatch(f -> f.targets().contains(cell.target()))
                && reading.target(cell.target())
                        .filter(r -> r.result() == TargetReading.Result.PASS)
                        .isPresent();
        return aged ? cell.with(State.OK) : cell;
    }

    private static boolean validates(Target target) {
        return target.services().contains(Service.CERTIFICATE_VALIDATION);
    }

    /** Empty where nothing of the group is required of the segment. */
    private Optional<Requirement> group(
            Segment segment, String id, List<Target> owed, List<Cell> cells, Predicate<Target> test) {
        if (owed.stream().noneMatch(test)) {
            return Optional.empty();
        }
        List<Cell> group = of(cells, test);
        return Optional.of(requirement(segment, id, group, works(group)));
    }

    private List<Cell> of(List<Cell> cells, Predicate<Target> test) {
        return cells.stream()
                .filter(Cell::required)
                .filter(c -> targets.containsKey(c.target()) && test.test(targets.get(c.target())))
                .toList();
    }

    private static Requirement requirement(Segment segment, String id, List<Cell> cells, Verdict works) {
        return new Requirement(segment.id(), id, verdict(cells), because(cells, RequirementWriter::breaks), works);
    }

    /** Names alone: what has an address counts, whatever became of it. */
    private static Requirement resolution(Segment segment, List<Cell> cells) {
        boolean broken = cells.stream().anyMatch(c -> !resolves(c));
        boolean unknown = cells.isEmpty()
                || cells.stream()
                        .anyMatch(c ->
                                c.state() == State.INSUFFICIENT && c.addresses().isEmpty());
        Verdict verdict = broken ? Verdict.BROKEN : unknown ? Verdict.INSUFFICIENT : Verdict.MET;
        long named = cells.stream().filter(c -> !c.addresses().isEmpty()).count();
        String because = verdict == Verdict.MET
                ? named + " of " + cells.size() + " required targets resolved"
                : because(cells, c -> !resolves(c));
        return new Requirement(segment.id(), "dns-resolves", verdict, because, verdict);
    }

    /** Resolved, or failed for another reason than names: a target without any address did not resolve. */
    private static boolean resolves(Cell cell) {
        return !cell.addresses().isEmpty() || !breaks(cell);
    }

    private static boolean breaks(Cell cell) {
        return switch (cell.state()) {
            case BLOCKED, INTERCEPTED, PROXIED, DOWN -> true;
            case OK, IMPAIRED, INSUFFICIENT, NOT_YET_RUN, MAINTENANCE, WAIVED, OPTIONAL_OFF -> false;
        };
    }

    private static Verdict verdict(List<Cell> cells) {
        if (cells.stream().anyMatch(RequirementWriter::breaks)) {
            return Verdict.BROKEN;
        }
        // Only what proved itself is met: impaired, unconfirmed and unexplained are neither met nor broken.
        boolean unknown = cells.stream().anyMatch(c -> switch (c.state()) {
            case OK, OPTIONAL_OFF, WAIVED, MAINTENANCE -> false;
            case IMPAIRED, INSUFFICIENT, NOT_YET_RUN, BLOCKED, INTERCEPTED, PROXIED, DOWN -> true;
        });
        return cells.isEmpty() || unknown ? Verdict.INSUFFICIENT : Verdict.MET;
    }

    /** Would it do, if nobody minded that it is not direct. */
    private static Verdict works(List<Cell> cells) {
        return !cells.isEmpty() && cells.stream().allMatch(RequirementWriter::works) ? Verdict.MET : verdict(cells);
    }

    /** What a transparent proxy passes on works; what it does not pass on has a finer cause and another state. */
    private static boolean works(Cell cell) {
        return cell.state() == State.OK || cell.state() == State.PROXIED;
    }

    private static Verdict any(Verdict a, Verdict b) {
        if (a == Verdict.MET || b == Verdict.MET) {
            return Verdict.MET;
        }
        return a == Verdict.INSUFFICIENT || b == Verdict.INSUFFICIENT ? Verdict.INSUFFICIENT : Verdict.BROKEN;
    }

    private static String because(List<Cell> cells, Predicate<Cell> wrong) {
        if (cells.isEmpty()) {
            return "no required target was seen";
        }
        List<Cell> bad = cells.stream().filter(wrong).toList();
        if (bad.isEmpty()) {
            long ok = cells.stream().filter(c -> c.state() == State.OK).count();
            return ok + " of " + cells.size() + " required targets proved";
        }
        return bad.size() + " of " + cells.size() + " required targets: "
                + bad.get(0).because();
    }
}
