package dev.plumbline.words;

/** Why a target of the plan was not probed in a round. */
public enum SkipReason {
    /** Its minimum interval has not passed. */
    TOO_SOON,
    /** This agent has no probe of the target's kind. */
    NO_PROBE,
    /** The agent's own allow-list forbids it. */
    NOT_ALLOWED,
    /** This host has no network at all. */
    NO_NETWORK,
    /** A reason that a newer agent gave. */
    UNKNOWN
}
