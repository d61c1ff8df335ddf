package dev.plumbline.words;

/** What a helper was asked to send back. The number is the wire contract (proto {@code EchoAsk}). */
public enum EchoAsk {
    /** Bytes within TLS, under the helper's own key: whoever opens TLS on the way cannot show it. */
    TLS(1),
    /**
     * An HTTP request whose field names are written in odd case, one of them twice. They mean the same in any case (RFC 9110
     * 5.1), so a proxy that reads and writes requests anew rewrites them, and adds fields of its own.
     */
    HTTP_FIELDS(2),
    /** A first line that is no HTTP: the helper sends it back, a proxy refuses it itself. */
    HTTP_GARBAGE(3),
    /** A datagram. */
    UDP(4),
    /** Something that a newer agent asks; the number is not kept. */
    UNKNOWN(0);

    private final int number;

    EchoAsk(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The question of this number, {@link #UNKNOWN} when this version does not know it. */
    public static EchoAsk ofNumber(int number) {
        for (EchoAsk ask : values()) {
            if (ask.number == number) {
                return ask;
            }
        }
        return UNKNOWN;
    }
}
