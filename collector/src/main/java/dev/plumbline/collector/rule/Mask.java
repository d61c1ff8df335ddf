package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.SegmentReading;
import java.util.List;

/** A cause that hides every other: while it holds, nothing is said of the segment but what the mask says. */
public interface Mask {
    String id();

    /** What it says: the cause first, then what else is known of it; empty when it does not hold. */
    List<Claim> claims(SegmentReading segment);
}
