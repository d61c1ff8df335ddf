package dev.plumbline.collector.agreed;

import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Set;

/**
 * A time in which segments are worked on: what fails there is seen and breaks no rule.
 *
 * @param from the first instant
 * @param to the first instant after it
 * @param owner who answers for it
 */
public record Maintenance(Set<SegmentId> segments, Instant from, Instant to, String owner, String reason) {
    public Maintenance {
        segments = Set.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("maintenance needs a segment that is worked on");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("ends at " + to + ", which is not after its beginning, " + from);
        }
        Waiver.check(owner, reason);
    }

    boolean covers(SegmentId segment, Instant at) {
        return segments.contains(segment) && !at.isBefore(from) && at.isBefore(to);
    }

    /** The middle of a sentence. */
    public String said() {
        return "in maintenance by " + owner + " until " + to + ": " + reason;
    }
}
