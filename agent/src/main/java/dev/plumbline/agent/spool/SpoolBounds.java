package dev.plumbline.agent.spool;

import java.time.Duration;

/**
 * How much may wait for the collector. When it is more, the oldest successes that say nothing new go first, then the oldest
 * batches whole.
 *
 * @param maxBytes of the messages that wait
 * @param maxAge how long a batch may wait, in time that {@link SpoolTime} counts
 * @param maxPages how many pages of 4 KB the file may have, whatever SQLite makes of the messages
 */
public record SpoolBounds(long maxBytes, Duration maxAge, long maxPages) {
    /** As much as some days of a usual segment take. */
    public static final SpoolBounds STANDARD = new SpoolBounds(256L << 20, Duration.ofDays(14));

    private static final int PAGE_BYTES = 4096;
    private static final int SPARE_PAGES = 1024;

    /** With a quarter and 4 MB above the messages for what SQLite needs itself. */
    public SpoolBounds(long maxBytes, Duration maxAge) {
        this(maxBytes, maxAge, maxBytes / PAGE_BYTES * 5 / 4 + SPARE_PAGES);
    }

    public SpoolBounds {
        if (maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException(
                    "a spool holds something for some time, not " + maxBytes + " bytes for " + maxAge);
        }
    }
}
