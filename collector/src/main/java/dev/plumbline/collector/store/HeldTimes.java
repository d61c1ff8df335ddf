package dev.plumbline.collector.store;

import java.util.List;

/**
 * How something was, oldest first: what it was at the first moment, and each change.
 *
 * @param latest at most {@link #MOST}
 * @param isCut whether older ones were left out
 */
public record HeldTimes<T>(List<Held<T>> latest, boolean isCut) {
    /** A segment whose requirements change in every second round of two months. */
    public static final int MOST = 10_000;

    public HeldTimes {
        latest = List.copyOf(latest);
        if (latest.size() > MOST) {
            throw new IllegalArgumentException(latest.size() + " times; at most " + MOST + " are told");
        }
    }
}
