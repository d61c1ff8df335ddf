package dev.plumbline.collector.finding;

import dev.plumbline.catalog.site.Denied;
import dev.plumbline.words.SegmentId;

/**
 * A house rule judged for one segment.
 *
 * @param id such as {@code apns-device-direct}
 * @param stillWorks would devices or servers work all the same, whatever the rule says
 * @param waived met, and it would not be if nobody answered for what prevents it
 */
public record Requirement(
        SegmentId segment, String id, Verdict verdict, String because, Verdict stillWorks, boolean waived) {
    public Requirement {
        if (waived && verdict != Verdict.MET) {
            throw new IllegalArgumentException(id + " is " + verdict + ": what is met alone may be so by a waiver");
        }
    }

    /** One that is what it is without a waiver. */
    public Requirement(SegmentId segment, String id, Verdict verdict, String because, Verdict stillWorks) {
        this(segment, id, verdict, because, stillWorks, false);
    }

    /** Answer to a requirement. */
    public enum Verdict {
        MET,
        BROKEN,
        INSUFFICIENT
    }

    /** Id of the rule that a segment must not reach something. */
    public static String ofDenied(Denied denied) {
        return "must-not-reach " + denied;
    }
}
