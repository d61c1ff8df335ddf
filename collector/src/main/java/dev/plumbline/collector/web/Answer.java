package dev.plumbline.collector.web;

import dev.plumbline.v1.Requirement;
import java.util.List;
import java.util.Optional;

/** How the answer to a house rule is shown. Pure. */
public enum Answer {
    BROKEN("bad", "\u2715"),
    INSUFFICIENT("unknown", "?"),
    MET("ok", "\u2713");

    private final String css;
    private final String sign;

    Answer(String css, String sign) {
        this.css = css;
        this.sign = sign;
    }

    /** @param verdict of the query contract */
    public static Answer of(String verdict) {
        return switch (verdict) {
            case "MET" -> MET;
            case "BROKEN" -> BROKEN;
            default -> INSUFFICIENT;
        };
    }

    /** Of all that a segment is held to; empty where that is nothing. */
    public static Optional<Answer> of(List<Requirement> requirements) {
        return requirements.stream().map(r -> of(r.getVerdict())).sorted().findFirst();
    }

    public String css() {
        return css;
    }

    public String sign() {
        return sign;
    }

    public String word() {
        return switch (this) {
            case BROKEN -> "broken";
            case INSUFFICIENT -> "not known";
            case MET -> "met";
        };
    }
}
