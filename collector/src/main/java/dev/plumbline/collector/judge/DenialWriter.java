package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.rule.Denial;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cells and house rules of what segments must not reach, apart from those of the targets: here a failure is the good case. No
 * device or server needs any of it, so that everything still works whatever the rule says.
 */
final class DenialWriter {
    private final long round;
    private final List<SegmentReading> comparable;

    DenialWriter(long round, List<SegmentCase> cases) {
        this.round = round;
        this.comparable = cases.stream()
                .filter(c -> !c.masked())
                .map(SegmentCase::reading)
                .toList();
    }

    /**
     * One for each port that the segment must not reach, probed or not, so that only what is not declared any more has none; and
     * one for each that it probed as a control for others.
     */
    List<Cell> cells(SegmentCase segment, List<Finding> findings) {
        SegmentReading reading = segment.reading();
        Map<TargetId, Cell> cells = new TreeMap<>();
        for (Denial denial : denials(segment)) {
            cells.put(denial.denied().target(), denied(reading, denial, findings));
        }
        reading.denied().forEach((id, target) -> cells.computeIfAbsent(id, x -> control(reading, target)));
        return List.copyOf(cells.values());
    }

    private List<Denial> denials(SegmentCase segment) {
        return segment.masked()
                ? Denial.hidden(segment.reading(), segment.claims().get(0).because())
                : Denial.of(segment.reading(), Elsewhere.of(segment.reading(), comparable));
    }

    private Cell denied(SegmentReading reading, Denial denial, List<Finding> findings) {
        TargetId id = denial.denied().target();
        Place place = Place.of(reading.segment().id());
        Optional<Finding> cause = findings.stream()
                .filter(f ->
                        f.mechanism() == Mechanism.OUTBOUND_OPEN && f.place().equals(place))
                .filter(f -> f.targets().contains(id))
                .findFirst();
        State state = switch (denial.outcome()) {
            case REACHED -> State.IMPAIRED;
            case DENIED -> State.OK;
            case UNKNOWN -> State.INSUFFICIENT;
        };
        boolean found = denial.outcome() == Denial.Outcome.REACHED;
        return cell(
                reading,
                id,
                state,
                cause.map(Finding::sentence).orElse(said(denial)),
                List.of(new RuleTrace(Denial.RULE, found, denial.because())));
    }

    private static String said(Denial denial) {
        return switch (denial.outcome()) {
            case REACHED -> "must not be reached, and is: " + denial.because();
            case DENIED -> "denied, as it must be: " + denial.because();
            case UNKNOWN -> "must not be reached, and nothing shows whether it is: " + denial.because();
        };
    }

    /** Nobody minds whether this segment reaches it. */
    private Cell control(SegmentReading reading, TargetReading target) {
        boolean reached = target.any(p -> p.reached().atLeast(Layer.CONNECTED));
        return cell(
                reading,
                target.target().id(),
                reached ? State.OK : State.OPTIONAL_OFF,
                "asked as a control for segments that must not reach it: " + first(target),
                List.of());
    }

    private Cell cell(SegmentReading reading, TargetId id, State state, String because, List<RuleTrace> rules) {
        Optional<TargetReading> seen = Optional.ofNullable(reading.denied().get(id));
        return new Cell(
                reading.segment().id(),
                id,
                false,
                state,
                because,
                seen.filter(t -> t.result() == TargetReading.Result.SOFT).isPresent(),
                round,
                seen.map(TargetReading::observedAt).orElse(Instant.ofEpochMilli(round)),
                seen.stream()
                        .flatMap(t -> t.points().stream())
                        .flatMap(p -> p.point().address().stream())
                        .toList(),
                seen.map(TargetReading::latency).orElse(Duration.ZERO),
                seen.map(TargetReading::timeline).orElse(List.of()),
                rules);
    }

    private static String first(TargetReading target) {
        return target.points().stream().findFirst().map(PointReading::said).orElse("nothing was seen");
    }

    /**
     * One for each port that the segment must not reach.
     *
     * @param seen the cells as the round shows them
     * @param own the same as what was agreed and the rounds before have them
     */
    List<Requirement> requirements(SegmentCase segment, List<Cell> seen, List<Cell> own) {
        return denials(segment).stream()
                .map(d -> new Requirement(
                        segment.reading().segment().id(),
                        Requirement.ofDenied(d.denied()),
                        of(d, own).map(c -> verdict(c, of(d, seen))).orElse(Verdict.INSUFFICIENT),
                        of(d, own).map(Cell::because).orElse(d.because()),
                        Verdict.MET,
                        of(d, own).filter(c -> c.state() == State.WAIVED).isPresent()))
                .toList();
    }

    private static Optional<Cell> of(Denial denial, List<Cell> cells) {
        return cells.stream()
                .filter(c -> c.target().equals(denial.denied().target()))
                .findFirst();
    }

    /** What flaps is broken in a round that shows it so, and neither met nor broken in one that does not. */
    private static Verdict verdict(Cell cell, Optional<Cell> seen) {
        return switch (cell.state()) {
            case OK, WAIVED -> Verdict.MET;
            case IMPAIRED -> Verdict.BROKEN;
            case FLAPPING ->
                seen.filter(c -> c.state() == State.IMPAIRED).isPresent() ? Verdict.BROKEN : Verdict.INSUFFICIENT;
            case BLOCKED, INTERCEPTED, PROXIED, DOWN, INSUFFICIENT, NOT_YET_RUN, MAINTENANCE, OPTIONAL_OFF ->
                Verdict.INSUFFICIENT;
        };
    }
}
