package dev.plumbline.collector.compare;

import java.util.Locale;

/** In what two sides differ. */
public enum Aspect {
    STATE,
    /** Both fail alike, and not by the same cause. */
    CAUSE,
    CERTIFICATE,
    RESOLVER_ANSWER,
    HOP_DISTANCE,
    IDLE_TIMER;

    /** As it is told. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
