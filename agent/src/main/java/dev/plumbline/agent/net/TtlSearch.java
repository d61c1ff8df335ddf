package dev.plumbline.agent.net;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the highest value at which somebody is still heard, by asking at several values at once: the TTL with which
 * answers arrive, or how many hops can be saved. Pure: it names the thresholds to try at once and is told which of them
 * got an answer.
 */
final class TtlSearch {
    /** Systems send with 64, 128 or 255: most answers come from a few hops below one of these. */
    private static final List<Integer> USUAL_TTLS = List.of(33, 49, 57, 65, 113, 129, 225, 249);

    /** More hops than a SYN to Apple ever takes. */
    static final int MOST_HOPS = 32;

    private static final List<Integer> USUAL_HOPS = List.of(2, 4, 6, 8, 12, 16, 24, MOST_HOPS);
    private static final int AT_ONCE = 8;

    private final List<Integer> first;
    private int heardAt;
    private int silentAt;
    private boolean started;

    private TtlSearch(List<Integer> first, int heardAt, int silentAt) {
        this.first = first;
        this.heardAt = heardAt;
        this.silentAt = silentAt;
    }

    /** For the TTL of answers: thresholds are minimum TTLs, and every answer has at least 1. */
    static TtlSearch arriving() {
        return new TtlSearch(USUAL_TTLS, 1, 256);
    }

    /** For the smallest outgoing TTL that somebody answers: thresholds are {@link #hops} less than the most. */
    static TtlSearch hops() {
        return new TtlSearch(USUAL_HOPS.stream().map(TtlSearch::hops).sorted().toList(), 0, MOST_HOPS + 1);
    }

    /** Between an outgoing TTL and its threshold, both ways. */
    static int hops(int ttlOrThreshold) {
        return MOST_HOPS + 1 - ttlOrThreshold;
    }

    /** Thresholds to try now; empty when the answer is known. */
    List<Integer> thresholds() {
        if (!started) {
            return first;
        }
        int open = silentAt - heardAt - 1;
        int count = Math.min(open, AT_ONCE);
        List<Integer> next = new ArrayList<>();
        IntStream.rangeClosed(1, count)
                .map(i -> heardAt + (int) Math.round((double) i * (open + 1) / (count + 1)))
                .filter(threshold -> threshold < silentAt)
                .distinct()
                .forEach(next::add);
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

    /** The highest threshold that was heard, once it is known. */
    OptionalInt highest() {
        return started && heardAt > 0 && silentAt - heardAt == 1 ? OptionalInt.of(heardAt) : OptionalInt.empty();
    }
}
