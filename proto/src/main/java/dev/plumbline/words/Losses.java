package dev.plumbline.words;

/**
 * Observations that an agent made and that will never come, since its data folder was begun.
 *
 * @param dropped given up because the spool was full, or because they waited for too long
 * @param refused by the collector for good
 * @param unwritten never on disk: it was full, read-only, broken or too slow
 * @param damaged gone with damaged files or batches, as far as that could be counted
 * @param damagedFiles files that were found damaged and begun anew
 */
public record Losses(long dropped, long refused, long unwritten, long damaged, long damagedFiles) {
    /** Nothing was lost, or an agent does not tell. */
    public static final Losses NONE = new Losses(0, 0, 0, 0, 0);

    /** No agent lives to count so far, and sums of such counts stay numbers. */
    private static final long MOST = 1L << 53;

    public Losses {
        check(dropped);
        check(refused);
        check(unwritten);
        check(damaged);
        check(damagedFiles);
    }

    private static void check(long count) {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("what was lost is counted from 0 to 2^53, not " + count);
        }
    }

    /** Observations, for whatever reason. */
    public long observations() {
        return dropped + refused + unwritten + damaged;
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
