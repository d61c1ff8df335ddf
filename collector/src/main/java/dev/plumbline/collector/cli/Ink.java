package dev.plumbline.collector.cli;

/** Colours of the terminal, by what they mean. */
enum Ink {
    PLAIN(""),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    UNSURE("\u001b[33m"),
    STRONG("\u001b[1m"),
    FAINT("\u001b[2m");

    private static final String END = "\u001b[0m";

    private final String start;

    Ink(String start) {
        this.start = start;
    }

    String on(String text, Terminal terminal) {
        return terminal.isColoured() && !start.isEmpty() && !text.isEmpty() ? start + text + END : text;
    }

    static Ink ofVerdict(String verdict) {
        return switch (verdict) {
            case "MET" -> GOOD;
            case "BROKEN" -> BAD;
            default -> UNSURE;
        };
    }

    static Ink ofState(String state) {
        return switch (state) {
            case "OK", "OPTIONAL_OFF" -> GOOD;
            case "BLOCKED", "INTERCEPTED", "PROXIED", "IMPAIRED", "FLAPPING" -> BAD;
            case "NOT_YET_RUN", "MAINTENANCE", "WAIVED" -> FAINT;
            default -> UNSURE;
        };
    }
}
