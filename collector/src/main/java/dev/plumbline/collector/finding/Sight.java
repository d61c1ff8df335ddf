package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;

/** What the judges of a site look at: of the rest no round will ever say anything. */
public interface Sight {
    /** Nothing is known to lie outside. */
    Sight UNBOUNDED = new Sight() {
        @Override
        public boolean isDeclared(SegmentId segment) {
            return true;
        }

        @Override
        public boolean isAsked(SegmentId segment, TargetId target) {
            return true;
        }
    };

    boolean isDeclared(SegmentId segment);

    /** Whether the target is in the plan of a declared segment. */
    boolean isAsked(SegmentId segment, TargetId target);
}
