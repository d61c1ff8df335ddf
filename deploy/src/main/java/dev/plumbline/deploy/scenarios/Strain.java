package dev.plumbline.deploy.scenarios;

import java.time.Duration;
import java.util.Locale;

/**
 * What the host of a lab kept from it for a while. Servers, boxes and agents of a lab share one host: when it stands still, all
 * of them are late at once, and what is then seen is no fault that somebody set.
 *
 * @param stoodStill the longest that a thread which was due did not run
 * @param taken largest share of the processors' time that a host beneath this one took within two seconds, 0 to 1
 */
record Strain(Duration stoodStill, double taken) {
    static final Strain NONE = new Strain(Duration.ZERO, 0);

    /** As much as makes the product itself call time-outs no evidence. */
    private static final Duration MOST_STILL = Duration.ofMillis(500);

    /** What is left carries the lab at half its pace. */
    private static final double MOST_TAKEN = 0.4;

    boolean isTooMuch() {
        return stoodStill.compareTo(MOST_STILL) > 0 || taken > MOST_TAKEN;
    }

    /** The worse of either. */
    Strain and(Strain other) {
        return new Strain(
                stoodStill.compareTo(other.stoodStill) > 0 ? stoodStill : other.stoodStill,
                Math.max(taken, other.taken));
    }

    /** A part of a sentence. */
    String words() {
        return String.format(
                Locale.ROOT,
                "this host stood still for %d ms at most, and up to %.0f %% of its processors' time was taken from it",
                stoodStill.toMillis(),
                taken * 100);
    }
}
