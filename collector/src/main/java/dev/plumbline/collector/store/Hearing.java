package dev.plumbline.collector.store;

import java.util.concurrent.TimeUnit;

/**
 * Rounds in which a segment was heard and that followed each other at one distance. Of those between the first and the last the
 * closing is not kept: it is taken to have come as long after the round began as that of the first.
 *
 * @param from the first, in epoch milliseconds
 * @param to the last
 * @param step between each and the next, in milliseconds; 0 where there is only one
 * @param since when the first was closed, in epoch microseconds
 * @param until when the last was
 */
record Hearing(long from, long to, long step, long since, long until) {
    Hearing {
        if (step < 0 || to < from || until < since || (step == 0) != (from == to)) {
            throw new IllegalArgumentException("rounds from " + from + " to " + to + " at a distance of " + step
                    + " ms, closed from " + since + " to " + until);
        }
    }

    /** At the same distance, and closed as long after it began, but for less than that distance. */
    boolean isFollowedBy(long round, long closedAt) {
        long distance = round - to;
        long late = closedAt - since - TimeUnit.MILLISECONDS.toMicros(round - from);
        return (step == 0 || step == distance) && Math.abs(late) < TimeUnit.MILLISECONDS.toMicros(distance);
    }

    /** Number of the last round. */
    long last() {
        return step == 0 ? 0 : (to - from) / step;
    }

    /** Number of the latest round that was closed by then. */
    long latest(long time) {
        if (until <= time) {
            return last();
        }
        return Math.max(0, Math.min(last() - 1, (time - since) / TimeUnit.MILLISECONDS.toMicros(step)));
    }

    /** @param number from 0 */
    long round(long number) {
        return from + number * step;
    }

    long closedAt(long number) {
        return number == last() ? until : since + TimeUnit.MILLISECONDS.toMicros(number * step);
    }
}
