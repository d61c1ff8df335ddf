package dev.plumbline.collector.web;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a state is shown: by colour, by a sign that tells it without colour, and by a word. Worst first: of several that are true the
 * first is shown. Pure.
 */
public enum Mark {
    INTERCEPTED("bad", "I"),
    BLOCKED("bad", "\u2715"),
    PROXIED("bad", "P"),
    FLAPPING("bad", "\u2248"),
    IMPAIRED("bad", "\u00b1"),
    DOWN("down", "\u25bc"),
    /** Also what a later version of the collector may say. */
    INSUFFICIENT("unknown", "?"),
    NOT_YET_RUN("unrun", "\u2026"),
    MAINTENANCE("off", "M"),
    WAIVED("off", "W"),
    OPTIONAL_OFF("off", "\u25cb"),
    OK("ok", "\u2713");

    private final String css;
    private final String sign;

    Mark(String css, String sign) {
        this.css = css;
        this.sign = sign;
    }

    /** @param state of a cell of the query contract */
    public static Mark of(String state) {
        return Arrays.stream(values())
                .filter(m -> m.name().equals(state))
                .findFirst()
                .orElse(INSUFFICIENT);
    }

    /** Class of its colour: met, broken, not known and not measured are four different ones. */
    public String css() {
        return css;
    }

    public String sign() {
        return sign;
    }

    public String word() {
        return switch (this) {
            case INSUFFICIENT -> "not known";
            case OK -> "works";
            case INTERCEPTED,
                    BLOCKED,
                    PROXIED,
                    FLAPPING,
                    IMPAIRED,
                    DOWN,
                    NOT_YET_RUN,
                    MAINTENANCE,
                    WAIVED,
                    OPTIONAL_OFF -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
