package dev.plumbline.collector.finding;

/**
 * Why a finding breaks no rule though it is there.
 *
 * @param said the middle of a sentence that names who answers for it, until when, and why
 */
public record Excuse(Kind kind, String said) {
    /** What was agreed. */
    public enum Kind {
        /** The segment is worked on. */
        MAINTENANCE,
        /** Somebody answers for it until a date. */
        WAIVED
    }
}
