package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.SegmentReading;
import java.util.Optional;

/** A cause that hides every other: while it holds, nothing else is said of the segment. */
public interface Mask {
    String id();

    Optional<Claim> claim(SegmentReading segment);
}
