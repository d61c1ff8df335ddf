package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the rules say of one segment.
 *
 * @param masked one claim hides every other
 * @param claims causes that lie in this segment
 * @param suspected causes that another segment would have to bear out
 * @param doubtful causes that lie here, or may, if it was neither loss nor a jam
 * @param everywhere targets with what of them fails alike on every other segment: not this segment's to answer for
 * @param atEdge failures, by identity, that no other segment inside could meet, and that outside do not happen
 * @param traces rules asked, by target
 * @param descriptions of what fails here
 */
record SegmentCase(
        SegmentReading reading,
        boolean masked,
        List<Claim> claims,
        List<Claim> suspected,
        List<Claim> doubtful,
        List<TargetReading> everywhere,
        Set<PointReading> atEdge,
        Map<TargetId, List<RuleTrace>> traces,
        Descriptions descriptions) {
    SegmentCase {
        claims = List.copyOf(claims);
        suspected = List.copyOf(suspected);
        doubtful = List.copyOf(doubtful);
        everywhere = List.copyOf(everywhere);
        traces = Map.copyOf(traces);
    }

    /**
     * What is suspected here and lies here or at the site's edge, since nobody else inside could tell the two apart.
     *
     * @param told points of which a cause at the edge is told already
     */
    List<Claim> hereOrAtEdge(Predicate<PointReading> told) {
        List<Claim> all = new ArrayList<>();
        for (Claim claim : suspected) {
            if (claim.mechanism().severity() != Severity.VIOLATION) {
                // A note, or a fault of the agent's, is nothing that a rule at the edge does.
                continue;
            }
            List<Claim.Failing> some = claim.failing().stream()
                    .filter(f -> atEdge.contains(f.point()) && !told.test(f.point()))
                    .toList();
            // A scope that a rule gave is of the whole claim.
            if (!some.isEmpty()
                    && (claim.scope().isEmpty()
                            || some.size() == claim.failing().size())) {
                all.add(
                        new Claim(
                                claim.rule(),
                                claim.mechanism(),
                                claim.scope(),
                                some,
                                claim.because() + "; of the segments inside that can be compared "
                                        + reading.segment().id()
                                        + " alone asked it, and outside it passes: the cause lies there or at the site's edge"));
            }
        }
        return all;
    }

    /** The same, with the claims and what fails everywhere parted anew. */
    SegmentCase with(
            List<Claim> standing, List<Claim> suspects, List<Claim> doubts, List<TargetReading> standingEverywhere) {
        return new SegmentCase(
                reading, masked, standing, suspects, doubts, standingEverywhere, atEdge, traces, descriptions);
    }
}
