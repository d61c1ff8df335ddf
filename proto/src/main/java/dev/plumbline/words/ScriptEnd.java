package dev.plumbline.words;

/** How the questions to a network's proxy script ended. The number is the wire contract (proto {@code ScriptEnd}). */
public enum ScriptEnd {
    /** It answered for every target. */
    ANSWERED(1),
    /** No document by the deadline, or another HTTP status than 200. */
    NOT_FETCHED(2),
    /** The document is longer than a script that is taken. */
    TOO_LARGE(3),
    /** It is no script of this kind: a syntax error, an exception, no function FindProxyForURL. */
    BROKEN(4),
    /** It was stopped at the bound of its time or of its instructions. */
    ENDLESS(5),
    /** It was stopped at the bound of its memory. */
    HOARDING(6),
    /** The process that it ran in ended without an answer, or never began. */
    NO_PROCESS(7),
    /** One that a newer agent sent. */
    UNKNOWN(0);

    private final int number;

    ScriptEnd(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The one of this number, {@link #UNKNOWN} when this version does not know it. */
    public static ScriptEnd ofNumber(int number) {
        for (ScriptEnd end : values()) {
            if (end.number == number) {
                return end;
            }
        }
        return UNKNOWN;
    }
}
