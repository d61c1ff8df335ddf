package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;

/**
 * What the rules say of one segment.
 *
 * @param masked one claim hides every other
 * @param claims causes that lie in this segment
 * @param suspected causes that another segment would have to bear out
 * @param doubtful causes that lie here, if it was not loss
 * @param everywhere failing targets that fail alike on every other segment: not this segment's to answer for
 * @param traces rules asked, by target
 */
record SegmentCase(
        SegmentReading reading,
        boolean masked,
        List<Claim> claims,
        List<Claim> suspected,
        List<Claim> doubtful,
        List<TargetReading> everywhere,
        Map<TargetId, List<RuleTrace>> traces) {
    SegmentCase {
        claims = List.copyOf(claims);
        suspected = List.copyOf(suspected);
        doubtful = List.copyOf(doubtful);
        everywhere = List.copyOf(everywhere);
        traces = Map.copyOf(traces);
    }

    /** The same, with the claims parted anew. */
    SegmentCase with(List<Claim> standing, List<Claim> doubtful) {
        return new SegmentCase(reading, masked, standing, suspected, doubtful, everywhere, traces);
    }
}
