package dev.plumbline.agent.enrol;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When a certificate is renewed, and when it is tried again. Pure. */
final class RenewalTimes {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);

    private RenewalTimes() {}

    /** When two thirds of its life are over. */
    static Instant due(X509Certificate certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        return begin.plus(Duration.between(begin, end).multipliedBy(2).dividedBy(3));
    }

    /**
     * How long to wait after a try.
     *
     * @param failures in a row; 0 = it succeeded, and a clock that is far ahead must not renew again and again
     * @param random from 0 to 1: the wait lies between half of the span and all of it
     */
    static Duration pause(int failures, double random) {
        if (failures == 0 || failures > 6) {
            return spread(LONGEST, random);
        }
        return spread(SHORTEST.multipliedBy(1L << (failures - 1)), random);
    }

    private static Duration spread(Duration span, double random) {
        return Duration.ofMillis((long) (span.toMillis() * (0.5 + random / 2)));
    }
}
