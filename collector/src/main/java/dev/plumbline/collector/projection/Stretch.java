package dev.plumbline.collector.projection;

import dev.plumbline.collector.journal.Beginning;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Closings that one judge applied: those after the beginning's, up to another. There may be none: that it began may have changed
 * the store all the same.
 *
 * @param last id of the last one
 */
public record Stretch(Beginning beginning, long last) {
    boolean isEmpty() {
        return beginning.applied() == last;
    }

    /**
     * What a store that contains everything up to a closing was made by. A store that was put back to an earlier closing was
     * brought on from there by a later judge: what the earlier one had applied beyond that does not count.
     *
     * @param beginnings in the order in which they were entered
     */
    public static List<Stretch> upTo(long closing, List<Beginning> beginnings) {
        Deque<Stretch> stretches = new ArrayDeque<>();
        long last = closing;
        for (int i = beginnings.size() - 1; i >= 0; i--) {
            Beginning beginning = beginnings.get(i);
            if (beginning.applied() <= last) {
                stretches.addFirst(new Stretch(beginning, last));
                last = beginning.applied();
            }
        }
        return List.copyOf(stretches);
    }
}
