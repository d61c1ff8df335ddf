package dev.plumbline.words;

import java.util.Locale;

/**
 * That a target of the plan was not probed in a round.
 *
 * @param number wire number, kept for reasons that this version does not know
 */
public record Skip(SkipReason reason, int number) {
    public Skip {
        if (SkipReason.ofNumber(number) != reason) {
            throw new IllegalArgumentException(
                    "the number " + number + " stands for " + SkipReason.ofNumber(number) + ", not for " + reason);
        }
    }

    public static Skip of(SkipReason reason) {
        return new Skip(reason, reason.number());
    }

    public static Skip ofNumber(int number) {
        return new Skip(SkipReason.ofNumber(number), number);
    }

    /** Lower-case word of tables and JSON. */
    public String word() {
        return reason == SkipReason.UNKNOWN
                ? "reason-" + Integer.toUnsignedString(number)
                : reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
