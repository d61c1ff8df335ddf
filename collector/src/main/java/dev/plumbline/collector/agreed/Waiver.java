package dev.plumbline.collector.agreed;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Something that somebody answers for by name until a date: it is seen and breaks no rule until then.
 *
 * @param mechanism the only one that is waived; empty = whatever prevents it
 * @param owner who answers for it
 * @param ends the first instant at which it counts no longer
 * @param until the same as it was written
 */
public record Waiver(
        SegmentId segment,
        Optional<Mechanism> mechanism,
        Scope scope,
        String owner,
        String reason,
        Instant ends,
        String until) {
    public Waiver {
        check(owner, reason);
    }

    static void check(String owner, String reason) {
        if (owner.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "somebody answers for it by name and says why: owner and reason are needed");
        }
    }

    public boolean isOver(Instant at) {
        return !at.isBefore(ends);
    }

    /** True when this mechanism is waived for each of these points. */
    public boolean covers(Mechanism prevents, Collection<Point> points) {
        return mechanism.map(m -> m == prevents).orElse(true) && covers(points);
    }

    /** True when the scope covers each of these points, of which there is one. */
    public boolean covers(Collection<Point> points) {
        return !points.isEmpty() && points.stream().allMatch(scope::matches);
    }

    /** The middle of a sentence. */
    public String said() {
        return "waived by " + owner + " until " + until + ": " + reason;
    }

    /** The same once it is over. */
    public String saidOver() {
        return "a waiver by " + owner + " ended with " + until + " and counts no longer: " + reason;
    }
}
