package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import java.util.List;

/** One way of telling a mechanism from the facts of a segment. A rule sees what the rules before it left over. */
public interface Rule {
    /** Stable id, as shown by explain. */
    String id();

    /** Asked even where nothing fails: what it looks for may let everything pass. */
    default boolean asksWhatPasses() {
        return false;
    }

    /**
     * @param segment all facts of the segment
     * @param open failing targets that no earlier rule claimed and that are this segment's to answer for
     * @param elsewhere the same round on the other segments
     * @return what the rule says; empty when it does not apply
     */
    List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere);
}
