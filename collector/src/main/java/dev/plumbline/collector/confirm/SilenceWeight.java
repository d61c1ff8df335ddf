package dev.plumbline.collector.confirm;

import dev.plumbline.collector.evidence.Loss;

/**
 * Wald's sequential probability ratio test between <em>loss alone did it</em> and <em>somebody drops it</em>. Each silent try
 * adds the logarithm of how much likelier it is under a rule that drops everything than under the loss that the segment shows
 * in the same round; any answer ends the test, since a rule lets nothing pass. As long as no more is lost than
 * {@link Loss#ofTry} says, and each packet by itself, loss alone brings one target to {@link #ENOUGH} with a probability of at
 * most {@code exp(-ENOUGH)}, one in nine million, however long one looks (Ville's inequality). What drops everything is told in
 * the end: it adds to the sum with every try.
 */
public final class SilenceWeight {
    /** Weight at which silence is told as a cause. */
    public static final double ENOUGH = 16;

    /** A description that covers several targets is one of so many that could have been chosen. */
    static final double CHOICE = Math.log(500);

    private SilenceWeight() {}

    /** What so many silent tries weigh on a segment that loses so much. */
    public static double weight(int silentTries, Loss loss) {
        return -silentTries * Math.log(loss.ofTry());
    }

    /** Whether the silence of one target is no accident. */
    public static boolean stands(double weight) {
        return weight >= ENOUGH;
    }

    /** Whether the silence of all that one description covers is no accident. */
    public static boolean standsTogether(double weight) {
        return weight - CHOICE >= ENOUGH;
    }
}
