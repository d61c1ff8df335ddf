package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * All that one round says.
 *
 * @param closedAt when the round was closed: event time of what opens and closes
 * @param suspicions what would be findings if another segment bore them out: nobody is accused by them
 * @param pools what was seen of pools of names and addresses
 * @param heard segments whose agents gave facts in this round; findings of others are left as they are
 */
public record RoundVerdict(
        long round,
        Instant closedAt,
        Set<SegmentId> heard,
        List<Cell> cells,
        List<Finding> findings,
        List<Finding> suspicions,
        List<Requirement> requirements,
        List<PoolSight> pools) {
    public RoundVerdict {
        heard = Set.copyOf(heard);
        cells = List.copyOf(cells);
        findings = List.copyOf(findings);
        suspicions = List.copyOf(suspicions);
        requirements = List.copyOf(requirements);
        pools = List.copyOf(pools);
    }

    /** A verdict on a round in which no pool was looked at. */
    public RoundVerdict(
            long round,
            Instant closedAt,
            Set<SegmentId> heard,
            List<Cell> cells,
            List<Finding> findings,
            List<Finding> suspicions,
            List<Requirement> requirements) {
        this(round, closedAt, heard, cells, findings, suspicions, requirements, List.of());
    }
}
