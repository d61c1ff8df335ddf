package dev.plumbline.words;

/** How a quiet connection ended. The number is the wire contract (proto {@code HoldEnd}). */
public enum HoldEnd {
    /** The write after the quiet was answered, or at least acknowledged. */
    ALIVE(1),
    /** The write got neither an acknowledgement nor an answer: the way forgot the connection without a word. */
    SILENT_AFTER_WRITE(2),
    /** RST while quiet. */
    RESET(3),
    /** FIN while quiet. */
    CLOSED(4),
    /** RST in answer to the write. */
    RESET_AFTER_WRITE(5),
    /** The agent's own host slept, stood still or lost its address: says nothing of the network. */
    LOCAL(6),
    /**
     * No answer came, and this host cannot tell whether the write was acknowledged (no TCP_INFO); or the peer closed, and it
     * was not listened to before the write.
     */
    NOT_MEASURED(7),
    /** An end that a newer agent saw; its number is kept in {@link Hold#endNumber()}. */
    UNKNOWN(0);

    private final int number;

    HoldEnd(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** Whether a packet of somebody ended it. */
    public boolean isBySomebody() {
        return switch (this) {
            case RESET, CLOSED, RESET_AFTER_WRITE -> true;
            case ALIVE, SILENT_AFTER_WRITE, LOCAL, NOT_MEASURED, UNKNOWN -> false;
        };
    }

    /** The end of this number, {@link #UNKNOWN} when this version does not know it. */
    public static HoldEnd ofNumber(int number) {
        for (HoldEnd end : values()) {
            if (end.number == number) {
                return end;
            }
        }
        return UNKNOWN;
    }
}
