package dev.plumbline.collector.finding;

import dev.plumbline.catalog.site.Denied;
import dev.plumbline.words.SegmentId;

/**
 * A house rule judged for one segment.
 *
 * @param id such as {@code apns-device-direct}
 * @param stillWorks would devices or servers work all the same, whatever the rule says
 */
public record Requirement(SegmentId segment, String id, Verdict verdict, String because, Verdict stillWorks) {
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
