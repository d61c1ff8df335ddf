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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Cell> cells = reaped.isEmpty()
                ? seen
                : seen.stream().map(c -> apartFromAge(c, reading, reaped)).toList();
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
        boolean genuine = identified.stream().anyMatch(c -> c.state() == State.OK || c.state() == State.WAIVED);
        boolean unsure =
                identified.stream().anyMatch(c -> c.state() == State.FLAPPING || c.state() == State.MAINTENANCE);
        Verdict unopened = intercepted ? Verdict.BROKEN : genuine && !unsure ? Verdict.MET : Verdict.INSUFFICIENT;
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

    /**
     * The same, where what counts differs from what was seen: whether things still work is asked of what was seen.
     *
     * @param counted the cells as the house rules take them
     */
    List<Requirement> write(
            SegmentReading reading, List<Target> owed, List<Cell> seen, List<Cell> counted, List<Finding> reaped) {
        List<Requirement> asSeen = write(reading, owed, seen, reaped);
        if (sayTheSame(seen, counted)) {
            return asSeen;
        }
        Map<String, Requirement> plain =
                asSeen.stream().collect(Collectors.toMap(Requirement::id, Function.identity()));
        return write(reading, owed, counted, reaped).stream()
                .map(r -> with(r, plain.getOrDefault(r.id(), r)))
                .toList();
    }

    /** What is met and was not seen so is met by what was agreed: nothing else makes a cell better than it was seen. */
    private static Requirement with(Requirement counted, Requirement seen) {
        boolean better = counted.verdict() == Verdict.MET && seen.verdict() != Verdict.MET;
        return new Requirement(
                counted.segment(),
                counted.id(),
                counted.verdict(),
                counted.because(),
                seen.stillWorks(),
                counted.waived() || better);
    }

    private static boolean sayTheSame(List<Cell> seen, List<Cell> counted) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).state() != counted.get(i).state()
                    || !seen.get(i).because().equals(counted.get(i).because())) {
                return false;
            }
        }
        return true;
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
        List<Cell> some = new ArrayList<>();
        for (Cell cell : cells) {
            Target target = cell.required() ? targets.get(cell.target()) : null;
            if (target != null && test.test(target)) {
                some.add(cell);
            }
        }
        return some;
    }

    private static Requirement requirement(Segment segment, String id, List<Cell> cells, Verdict works) {
        return new Requirement(segment.id(), id, verdict(cells), because(cells, RequirementWriter::breaks), works);
    }

    /** Names alone: what has an address counts, whatever became of it. */
    private static Requirement resolution(Segment segment, List<Cell> cells) {
        boolean broken = cells.stream().anyMatch(c -> !resolves(c));
        boolean unknown = cells.isEmpty()
                || cells.stream()
                        .anyMatch(c -> (c.state() == State.INSUFFICIENT
                                        || c.state() == State.MAINTENANCE
                                        || c.state() == State.FLAPPING)
                                && c.addresses().isEmpty());
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

    static boolean breaks(Cell cell) {
        return switch (cell.state()) {
            case BLOCKED, INTERCEPTED, PROXIED, DOWN -> true;
            case OK, IMPAIRED, INSUFFICIENT, NOT_YET_RUN, MAINTENANCE, WAIVED, FLAPPING, OPTIONAL_OFF -> false;
        };
    }

    private static Verdict verdict(List<Cell> cells) {
        if (cells.stream().anyMatch(RequirementWriter::breaks)) {
            return Verdict.BROKEN;
        }
        // Only what proved itself is met, or what somebody answers for by name: the rest is neither met nor broken.
        boolean unknown = cells.stream().anyMatch(c -> switch (c.state()) {
            case OK, OPTIONAL_OFF, WAIVED -> false;
            case IMPAIRED, INSUFFICIENT, NOT_YET_RUN, MAINTENANCE, FLAPPING, BLOCKED, INTERCEPTED, PROXIED, DOWN ->
                true;
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

    /** What is neither proved nor counted as broken, with the first reason. */
    private static String apart(List<Cell> cells) {
        return Stream.of(State.WAIVED, State.MAINTENANCE, State.FLAPPING)
                .map(state -> cells.stream().filter(c -> c.state() == state).toList())
                .filter(some -> !some.isEmpty())
                .map(some -> "; " + some.size() + " " + some.get(0).state() + ": "
                        + some.get(0).because())
                .collect(Collectors.joining());
    }

    private static String because(List<Cell> cells, Predicate<Cell> wrong) {
        if (cells.isEmpty()) {
            return "no required target was seen";
        }
        List<Cell> bad = cells.stream().filter(wrong).toList();
        if (bad.isEmpty()) {
            long ok = cells.stream().filter(c -> c.state() == State.OK).count();
            return ok + " of " + cells.size() + " required targets proved" + apart(cells);
        }
        return bad.size() + " of " + cells.size() + " required targets: "
                + bad.get(0).because();
    }
}
