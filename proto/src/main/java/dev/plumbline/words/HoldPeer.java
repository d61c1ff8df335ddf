package dev.plumbline.words;

/** Against whom a connection was held. The number is the wire contract (proto {@code HoldPeer}). */
public enum HoldPeer {
    /** One of Apple's, which may close a session that never connects by itself. */
    COURIER(1),
    /** The helper of the site, which never closes before the longest hold: the control. */
    HELPER(2),
    /** Somebody whom a newer agent knows; the number is not kept. */
    UNKNOWN(0);

    private final int number;

    HoldPeer(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The peer of this number, {@link #UNKNOWN} when this version does not know it. */
    public static HoldPeer ofNumber(int number) {
        for (HoldPeer peer : values()) {
            if (peer.number == number) {
                return peer;
            }
        }
        return UNKNOWN;
    }
}
