package dev.plumbline.collector.delivery;

import java.time.Duration;

/**
 * What came of one try.
 *
 * @param said as a sentence, without its end
 * @param pause the least time that the receiver wants to be left alone; zero where it said nothing
 */
record Outcome(Kind kind, String said, Duration pause) {
    /** How it goes on. */
    enum Kind {
        DELIVERED,
        /** It may be taken later. */
        AGAIN,
        /** Nobody was there, or nobody has time: no other message would fare better now. */
        NOBODY,
        /** This message is never taken. */
        REFUSED
    }

    static Outcome delivered(String said) {
        return new Outcome(Kind.DELIVERED, said, Duration.ZERO);
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
