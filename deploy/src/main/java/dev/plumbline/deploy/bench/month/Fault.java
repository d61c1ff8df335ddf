package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.SegmentId;
import java.util.Optional;

/**
 * What happens to the points of a scope from one time on until another, in epoch milliseconds.
 *
 * @param place a segment; empty = all of them
 */
record Fault(Optional<SegmentId> place, Effect effect, Scope scope, long from, long until) {
    /** How it shows. */
    enum Effect {
        SILENT,
        RESET,
        INTERCEPTED,
        NXDOMAIN,
        /** A stateful box forgets quiet connections. */
        REAPED,
        /** The agent says nothing. */
        AWAY
    }

    boolean holds(long time) {
        return from <= time && time < until;
    }

    boolean concerns(Segment segment) {
        return place.isEmpty() || place.get().equals(segment.id());
    }

    boolean hits(Point point) {
        return scope.matches(point);
    }
}
