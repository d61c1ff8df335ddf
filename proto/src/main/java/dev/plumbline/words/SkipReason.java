package dev.plumbline.words;

/** Why a target of the plan was not probed in a round. The number is the wire contract (proto {@code SkipReason}). */
public enum SkipReason {
    /** Its minimum interval has not passed. */
    TOO_SOON(1),
    /** This agent has no probe of the target's kind. */
    NO_PROBE(2),
    /** The agent's own allow-list forbids it. */
    NOT_ALLOWED(3),
    /** This host has no network at all. */
    NO_NETWORK(4),
    /** The probe failed by a defect of the agent's own. */
    PROBE_DEFECT(5),
    /** A reason that a newer agent gave; its number is kept in {@link Skip#number()}. */
    UNKNOWN(0);

    private final int number;

    SkipReason(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The reason of this number, {@link #UNKNOWN} when this version does not know it. */
    public static SkipReason ofNumber(int number) {
        for (SkipReason reason : values()) {
            if (reason.number == number) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
