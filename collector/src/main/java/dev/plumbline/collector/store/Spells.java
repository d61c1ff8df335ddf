package dev.plumbline.collector.store;

import java.util.List;

/**
 * How a cell was, oldest first.
 *
 * @param latest at most {@link #MOST}
 * @param isCut whether older ones were left out
 */
public record Spells(List<Spell> latest, boolean isCut) {
    /** A target that changed in each round of three days. */
    public static final int MOST = 1_000;

    public Spells {
        latest = List.copyOf(latest);
        if (latest.size() > MOST) {
            throw new IllegalArgumentException(latest.size() + " spells; at most " + MOST + " are told");
        }
    }
}
