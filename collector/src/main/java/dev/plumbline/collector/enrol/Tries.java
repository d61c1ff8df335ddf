package dev.plumbline.collector.enrol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may try in vain: a few times at once, then as often as they come back with time; and all together not more
 * often than a disk can be written to. Time is an argument. Any thread.
 */
final class Tries {
    /** Somebody who was forgotten for others begins anew: more are not remembered. */
    private static final int REMEMBERED = 4096;

    private final Bucket everybody;
    private final int each;
    private final long nanosForOne;
    private final Map<String, Bucket> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param each tries of one at once
     * @param nanosForOne until one of them is given back
     * @param all tries of everybody at once, given back ten times as fast
     */
    Tries(int each, long nanosForOne, int all) {
        this.each = each;
        this.nanosForOne = nanosForOne;
        this.everybody = new Bucket(all, nanosForOne / 10);
    }

    /** False when that would be once too often. */
    synchronized boolean begin(String who, long now) {
        return known.computeIfAbsent(who, w -> new Bucket(each, nanosForOne)).take(now) && everybody.take(now);
    }

    /** It was not in vain: it does not count. */
    synchronized void succeeded(String who) {
        Bucket own = known.get(who);
        if (own != null) {
            own.giveBack();
        }
        everybody.giveBack();
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
