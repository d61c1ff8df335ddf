package dev.plumbline.words;

/**
 * How a stage ended: {@link FailureKind#NONE} when it succeeded.
 *
 * @param number wire number, kept for kinds that this version does not know
 * @param detail what the operating system or the peer said, for people; may be empty
 */
public record Failure(FailureKind kind, int number, String detail) {
    /** Longest detail that is kept. */
    public static final int MAX_DETAIL = 300;

    private static final Failure NONE = new Failure(FailureKind.NONE, FailureKind.NONE.number(), "");

    public Failure {
        if (kind != FailureKind.UNKNOWN && kind.number() != number) {
            throw new IllegalArgumentException("failure " + kind + " has number " + kind.number() + ", not " + number);
        }
        if (detail.length() > MAX_DETAIL) {
            detail = detail.substring(0, MAX_DETAIL);
        }
    }

    public static Failure none() {
        return NONE;
    }

    public static Failure of(FailureKind kind, String detail) {
        return new Failure(kind, kind.number(), detail);
    }

    public static Failure of(FailureKind kind) {
        return of(kind, "");
    }

    /** True when the stage succeeded. */
    public boolean isNone() {
        return kind == FailureKind.NONE;
    }
}
