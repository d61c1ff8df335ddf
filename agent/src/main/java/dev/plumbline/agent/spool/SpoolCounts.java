package dev.plumbline.agent.spool;

/**
 * Observations since the spool's file was made.
 *
 * @param spooled written to disk
 * @param dropped given up because the spool was full, or because they waited for too long
 * @param refused set aside because the collector would not take them
 * @param damaged in batches whose bytes were found changed
 * @param unwritten never reached the disk: it was full, broken or too slow; not part of the sum
 * @param lost gone with files that were found damaged, as far as that could be counted; not part of the sum
 * @param damagedFiles how many those were
 */
public record SpoolCounts(
        long spooled,
        long acked,
        long dropped,
        long refused,
        long damaged,
        long pending,
        long unwritten,
        long lost,
        long damagedFiles) {
    public SpoolCounts {
        if (spooled != acked + dropped + refused + damaged + pending) {
            throw new IllegalArgumentException("spooled " + spooled + " is not acked " + acked + " + dropped " + dropped
                    + " + refused " + refused + " + damaged " + damaged + " + pending " + pending);
        }
    }
}
