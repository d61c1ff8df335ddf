package dev.plumbline.collector.evidence;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.util.Collection;

/**
 * How many packets a segment lost while it was looked at, told by the connections that stood: one whose SYN or SYN-ACK was
 * lost stands a second late, when the kernel sends again (RFC 6298 §2.1).
 *
 * @param connects connections that stood
 * @param late those of them for which something had to be sent again
 */
public record Loss(int connects, int late) {
    public static final Loss UNKNOWN = new Loss(0, 0);

    private static final Duration LATE = Duration.ofMillis(900);

    /** No network is believed to lose less: what is seen is of a minute, and losses come together. */
    private static final double LEAST = 0.01;

    /** Where more is lost nothing works; so much is assumed where no connection tells. */
    private static final double MOST = 0.5;

    /** How many standard deviations more may have been lost than was seen to be. */
    private static final double MORE = 1.5;

    /** Sends within one try, by the kernel or by the agent itself: at 0, 1 and 2.5 or 3 s. */
    private static final int SENDS = 3;

    public Loss {
        if (late < 0 || late > connects) {
            throw new IllegalArgumentException(late + " of " + connects + " connections cannot be late");
        }
    }

    /** Of the tries of one target; those of an agent whose host stood still, or whose line was full, tell nothing. */
    static Loss of(Collection<Observation> tries) {
        int connects = 0;
        int late = 0;
        for (Observation observation : tries) {
            if (Excuse.standsFor(observation)) {
                continue;
            }
            for (Attempt attempt : observation.directAttempts()) {
                if (attempt.transport().equals(Transport.TCP)
                        && attempt.connect().isNone()) {
                    connects++;
                    late += isLate(attempt) ? 1 : 0;
                }
            }
        }
        return new Loss(connects, late);
    }

    private static boolean isLate(Attempt attempt) {
        return attempt.connectElapsed().minus(attempt.synRoundTrip()).compareTo(LATE) > 0;
    }

    public Loss and(Loss other) {
        return new Loss(connects + other.connects, late + other.late);
    }

    /**
     * Probability that a packet or its answer is lost, as high as what was seen permits: an estimate that is too low by chance
     * would call loss a rule.
     */
    public double ofRoundTrip() {
        double most = late + 1 + MORE * Math.sqrt(late + 1);
        return Math.min(MOST, Math.max(LEAST, most / (connects + 2)));
    }

    /** Probability that loss alone makes a whole try silent. */
    public double ofTry() {
        return Math.pow(ofRoundTrip(), SENDS);
    }

    /** Of so many targets those that loss alone may silence in one try, as many as what was seen and chance permit. */
    double silent(int targets) {
        double expected = targets * ofTry();
        return expected + MORE * Math.sqrt(expected);
    }
}
