package dev.plumbline.collector.enrol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may try: a few times at once, then as often as tries come back with time. Each has his own; nobody else's
 * tries take any of them, so a flood shuts out nobody but itself. Time is an argument. Any thread.
 */
final class Tries<K> {
    private final int each;
    private final long nanosForOne;
    private final Map<K, Bucket> known;

    /**
     * @param each tries of one at once
     * @param nanosForOne until one of them is given back
     * @param remembered more are not: who tried least lately is forgotten for another and begins anew, so that whoever was not
     *     seen before always has his tries
     */
    Tries(int each, long nanosForOne, int remembered) {
        this.each = each;
        this.nanosForOne = nanosForOne;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                return size() > remembered;
            }
        };
    }

    /** False when that would be once too often. */
    synchronized boolean begin(K who, long now) {
        return known.computeIfAbsent(who, w -> new Bucket(each, nanosForOne)).take(now);
    }

    /** It was not in vain: it does not count. */
    synchronized void succeeded(K who) {
        Bucket own = known.get(who);
        if (own != null) {
            own.giveBack();
        }
    }

    private static final class Bucket {
        private final int most;
        private final long nanosForOne;
        private double left;
        private long at;
        private boolean begun;

        Bucket(int most, long nanosForOne) {
            this.most = most;
            this.nanosForOne = nanosForOne;
            this.left = most;
        }

        boolean take(long now) {
            if (begun) {
                left = Math.min(most, left + (double) (now - at) / nanosForOne);
            }
            begun = true;
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }

        void giveBack() {
            left = Math.min(most, left + 1);
        }
    }
}
