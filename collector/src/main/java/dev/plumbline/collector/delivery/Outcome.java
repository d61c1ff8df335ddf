package dev.plumbline.collector.delivery;

import java.time.Duration;
import java.util.List;

/**
 * What came of one try.
 *
 * @param said as a sentence, without its end
 * @param pause the least time that the receiver wants to be left alone; zero where it said nothing
 * @param leftOver of those it was for, who may be reached later; of {@link Kind#PARTLY} alone
 */
record Outcome(Kind kind, String said, Duration pause, List<String> leftOver) {
    /** How it goes on. */
    enum Kind {
        DELIVERED,
        /** Some of those it was for were not reached, and the others are not to get it twice. */
        PARTLY,
        /** It may be taken later. */
        AGAIN,
        /** Nobody was there, or nobody has time: no other message would fare better now. */
        NOBODY,
        /** This message is never taken. */
        REFUSED
    }

    Outcome {
        leftOver = List.copyOf(leftOver);
        if (kind != Kind.PARTLY && !leftOver.isEmpty()) {
            throw new IllegalArgumentException("what was " + kind + " leaves nobody over");
        }
    }

    private Outcome(Kind kind, String said, Duration pause) {
        this(kind, said, pause, List.of());
    }

    static Outcome delivered(String said) {
        return new Outcome(Kind.DELIVERED, said, Duration.ZERO);
    }

    /** @param leftOver who may be reached later; the others were, or never will be */
    static Outcome partly(String said, List<String> leftOver) {
        return new Outcome(Kind.PARTLY, said, Duration.ZERO, leftOver);
    }

    static Outcome again(String said) {
        return new Outcome(Kind.AGAIN, said, Duration.ZERO);
    }

    static Outcome nobody(String said) {
        return new Outcome(Kind.NOBODY, said, Duration.ZERO);
    }

    static Outcome busy(String said, Duration pause) {
        return new Outcome(Kind.NOBODY, said, pause);
    }

    static Outcome refused(String said) {
        return new Outcome(Kind.REFUSED, said, Duration.ZERO);
    }
}
