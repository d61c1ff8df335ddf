package dev.plumbline.collector.query;

import dev.plumbline.words.SegmentId;
import java.util.Map;

/**
 * What all that is told of now follows from: while it is equal, the same question of the same asker has the same answer.
 *
 * @param version of the store
 * @param declared which has no equals of its own: another one may have other targets
 * @param silences why nothing is known of segments that are not being looked at, which time and connections alone may change
 */
record Generation(long version, Declared declared, Map<SegmentId, String> silences) {
    Generation {
        silences = Map.copyOf(silences);
    }
}
