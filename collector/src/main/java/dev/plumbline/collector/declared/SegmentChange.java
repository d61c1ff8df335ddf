package dev.plumbline.collector.declared;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the list of changes, which is only ever appended to.
 *
 * @param number ascends from 1
 * @param who an identity, or the place in the configuration that it gave way to
 * @param declared the whole segment from then on; empty where it is none any more
 */
public record SegmentChange(
        long number, Instant at, String who, Kind kind, SegmentId segment, Optional<Segment> declared) {
    /** The names are kept in files: a new one is added, none is changed. */
    public enum Kind {
        ADDED,
        EDITED,
        REMOVED,
        /** It stands in the configuration now, which has the word. */
        WRITTEN;

        /** Whether there is such a segment by command afterwards. */
        boolean declares() {
            return switch (this) {
                case ADDED, EDITED -> true;
                case REMOVED, WRITTEN -> false;
            };
        }
    }

    public SegmentChange {
        if (kind.declares() != declared.isPresent()
                || declared.map(Segment::id).filter(id -> !id.equals(segment)).isPresent()) {
            throw new IllegalArgumentException("change " + number + " of segment " + segment + " is " + kind
                    + " and declares " + declared.map(s -> s.id().value()).orElse("nothing"));
        }
    }
}
