package dev.plumbline.collector.confirm;

/**
 * Whether what was silent looks drawn by lot: a rule that somebody wrote takes fewer bits to say than a list of which targets
 * were silent (minimum description length). A server or a host that is overwhelmed for some seconds silences a little of
 * everything, at the first try and at the second; it does not silence the same again in the next round.
 */
public final class Lot {
    /** A description's length is an estimate: one that is longer by less may still be a rule. */
    private static final double LONGER = 1.5;

    /** Of the targets that were silent once, so many must be silent again. */
    private static final double SAME = 0.9;

    /** Of fewer one does not see whether they follow a rule: their tries are weighed by what is lost. */
    private static final int FEWEST = 8;

    private Lot() {}

    /** Whether so many silent targets are enough to see whether they follow a rule. */
    public static boolean canTell(int silent) {
        return silent >= FEWEST;
    }

    /**
     * Whether to say the rule takes more than to say which targets chance chose.
     *
     * @param bits of the shortest description of the silence
     * @param silent targets
     * @param asked targets, the silent ones too
     */
    public static boolean isLikelier(double bits, int silent, int asked) {
        return canTell(silent) && bits > LONGER * bits(silent, asked);
    }

    /**
     * The same of what is silent to everybody. Somebody may list what he forbids; what is down is a service or an address, so that
     * an estimate gets no allowance.
     *
     * @param bits of the shortest description of the silence
     * @param silent targets
     * @param asked targets, the silent ones too
     */
    public static boolean isLikelierThanOutage(double bits, int silent, int asked) {
        return canTell(silent) && bits > bits(silent, asked);
    }

    /** Bits that it takes to say how many, and which of those asked. */
    static double bits(int silent, int asked) {
        if (silent < 0 || silent > asked) {
            throw new IllegalArgumentException(silent + " of " + asked + " targets cannot be silent");
        }
        double howMany = Math.log(asked + 1) / Math.log(2);
        return silent == 0 || silent == asked ? howMany : howMany + asked * entropy((double) silent / asked);
    }

    private static double entropy(double share) {
        return -(share * Math.log(share) + (1 - share) * Math.log(1 - share)) / Math.log(2);
    }

    /**
     * Whether what was silent before still is, as no lot draws it twice.
     *
     * @param before targets that were silent in the round before and were asked again
     * @param again those of them that are silent again
     */
    public static boolean isSame(int before, int again) {
        return again > 0 && again >= SAME * before;
    }
}
