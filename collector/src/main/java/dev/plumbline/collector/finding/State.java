package dev.plumbline.collector.finding;

/** State of one target on one segment. */
public enum State {
    OK,
    BLOCKED,
    INTERCEPTED,
    PROXIED,
    IMPAIRED,
    /** The service itself is down or unreachable from everywhere. */
    DOWN,
    /** Facts are missing, or nothing tells whose fault it is. */
    INSUFFICIENT,
    NOT_YET_RUN,
    MAINTENANCE,
    WAIVED,
    /** Changes between broken and met again and again. */
    FLAPPING,
    /** Shut cleanly where Apple documents that an administrator may. */
    OPTIONAL_OFF
}
