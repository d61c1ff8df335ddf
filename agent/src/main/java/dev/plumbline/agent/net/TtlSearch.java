package dev.plumbline.agent.net;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the TTL with which answers arrive, by asking at which minimum they are still heard. Pure: it names the thresholds
 * to try at once and is told which of them got an answer.
 */
final class TtlSearch {
    /** Systems send with 64, 128 or 255: most answers come from a few hops below one of these. */
    private static final int[] FIRST = {33, 49, 57, 65, 113, 129, 225, 249};

    private static final int AT_ONCE = 8;

    private int heardAt = 1;
    private int silentAt = 256;
    private boolean started;

    /** Thresholds to try now; empty when the answer is known. */
    List<Integer> thresholds() {
        if (!started) {
            return IntStream.of(FIRST).boxed().toList();
        }
        int open = silentAt - heardAt - 1;
        List<Integer> next = new ArrayList<>();
        int count = Math.min(open, AT_ONCE);
        for (int i = 1; i <= count; i++) {
            int threshold = heardAt + (int) Math.round((double) i * (open + 1) / (count + 1));
            if (threshold < silentAt && !next.contains(threshold)) {
                next.add(threshold);
            }
        }
        return next;
    }

    /** Told the thresholds of one turn at which an answer came; every other one of that turn was silent. */
    void heard(List<Integer> tried, List<Integer> answered) {
        started = true;
        for (int threshold : answered) {
            heardAt = Math.max(heardAt, threshold);
        }
        for (int threshold : tried) {
            // A lost packet below an answer is loss, not silence.
            if (!answered.contains(threshold) && threshold > heardAt) {
                silentAt = Math.min(silentAt, threshold);
            }
        }
    }

    /** The arriving TTL, once it is known. */
    OptionalInt arriving() {
        return started && silentAt - heardAt == 1 ? OptionalInt.of(heardAt) : OptionalInt.empty();
    }
}
