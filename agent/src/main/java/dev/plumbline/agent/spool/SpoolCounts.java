package dev.plumbline.agent.spool;

/**
 * Observations since the spool's file was made.
 *
 * @param spooled written to disk
 * @param dropped oldest ones given up because the spool was full
 * @param refused set aside because the collector would not take them
 * @param unwritten never reached the disk: it was full or too slow; not part of the sum
 */
public record SpoolCounts(long spooled, long acked, long dropped, long refused, long pending, long unwritten) {
    public SpoolCounts {
        if (spooled != acked + dropped + refused + pending) {
            throw new IllegalArgumentException("spooled " + spooled + " is not acked " + acked + " + dropped " + dropped
                    + " + refused " + refused + " + pending " + pending);
        }
    }
}
