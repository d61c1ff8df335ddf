package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Target;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what a round says once its causes are known: cells and requirements, with what was agreed and what flaps. */
final class RoundWriter {
    private final Map<TargetId, Target> targets;
    private final Duties duties;
    private final Flaps flaps;
    private final Agreements agreements;

    /**
     * @param targets of all plans
     * @param flaps which learn from every round that is written
     */
    RoundWriter(Map<TargetId, Target> targets, Duties duties, Flaps flaps, Agreements agreements) {
        this.targets = targets;
        this.duties = duties;
        this.flaps = flaps;
        this.agreements = agreements;
    }

    /**
     * @param blamed findings as the round shows them
     * @param causes what settles the state of cells: findings, and suspicions that are plain enough
     */
    RoundVerdict write(
            long round,
            Instant closedAt,
            List<SegmentCase> cases,
            List<Finding> blamed,
            List<Finding> suspicions,
            List<Finding> causes,
            List<PoolSight> pools) {
        List<SegmentReading> readings = cases.stream().map(SegmentCase::reading).toList();
        Excuses excuses = new Excuses(agreements, Instant.ofEpochMilli(round), readings);
        List<Finding> findings = blamed.stream().map(excuses::of).toList();
        CellWriter cellWriter = new CellWriter(round, duties);
        RequirementWriter requirementWriter = new RequirementWriter(targets);
        DenialWriter denials = new DenialWriter(round, cases);
        List<Cell> cells = new ArrayList<>();
        List<Requirement> requirements = new ArrayList<>();
        for (SegmentCase segment : cases) {
            SegmentId id = segment.reading().segment().id();
            List<Cell> seen = new ArrayList<>(cellWriter.write(segment.reading(), causes, segment.traces()));
            seen.addAll(denials.cells(segment, causes));
            List<Cell> own = known(seen, id, causes, excuses);
            cells.addAll(own);
            List<Finding> reaped = findings.stream()
                    .filter(f -> f.mechanism().isOfAge() && f.place().equals(Place.of(id)))
                    .toList();
            requirements.addAll(
                    requirementWriter.write(segment.reading(), duties.of(id), seen, counted(seen, own), reaped));
            requirements.addAll(denials.requirements(segment, seen, own));
        }
        Set<SegmentId> heard = readings.stream().map(r -> r.segment().id()).collect(Collectors.toSet());
        return new RoundVerdict(round, closedAt, heard, cells, findings, suspicions, requirements, pools);
    }

    /** The cells of a segment as the rounds before and what was agreed have them. */
    private List<Cell> known(List<Cell> seen, SegmentId segment, List<Finding> causes, Excuses excuses) {
        boolean rests = excuses.isInMaintenance(segment);
        Set<TargetId> accused = causes.stream()
                .filter(f -> f.severity() != Severity.NOTE && f.place().concerns(segment))
                .flatMap(f -> f.targets().stream())
                .collect(Collectors.toSet());
        List<Cell> known = new ArrayList<>(seen.size());
        for (Cell cell : seen) {
            Cell looked = rests ? flaps.rest(cell) : flaps.look(cell, accused.contains(cell.target()));
            known.add(excuses.of(looked, causes));
        }
        return known;
    }

    /** What flaps is broken in a round that shows it so, and neither met nor broken in one that does not. */
    private static List<Cell> counted(List<Cell> seen, List<Cell> own) {
        List<Cell> counted = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            boolean flapsOpen = own.get(i).state() == State.FLAPPING && RequirementWriter.breaks(seen.get(i));
            counted.add(flapsOpen ? own.get(i).with(seen.get(i).state()) : own.get(i));
        }
        return counted;
    }
}
