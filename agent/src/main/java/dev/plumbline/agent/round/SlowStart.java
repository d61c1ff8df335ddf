package dev.plumbline.agent.round;

import java.time.Duration;

/**
 * How many targets may be under way at once: doubled every little while as long as nothing suffers and more would begin if it
 * might (RFC 7661 §4.1: what is not made use of shows nothing), halved when the agent's own answered connects or handshakes take
 * markedly longer than the best did, or when its loops run late. Silence alone never holds back: a segment that drops
 * everything must not be judged one time-out after the other. Pure: told round trips and times.
 */
final class SlowStart {
    static final int INITIAL = 32;
    /** A line of 128 kbit/s carries two handshakes a second. */
    private static final int FLOOR = 2;

    /** Of a host that is short of processor time: its line may be wide. */
    private static final int FLOOR_WHEN_LATE = 8;

    private static final int CEILING = 1024;
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
    /** A loop that is later than this is short of processor time: more at once would only make its time-outs lie. */
    static final Duration LATE = Duration.ofMillis(80);

    private final Lengthening connects = new Lengthening(2, Duration.ofMillis(80));
    private final Lengthening handshakes = new Lengthening(4, Duration.ofMillis(400));
    private int limit = INITIAL;
    private long nextStep;

    SlowStart(long nowNanos) {
        this.nextStep = nowNanos + STEP_NANOS;
    }

    int limit() {
        return limit;
    }

    /** New connections a second that go with so many targets at once: ladders, pools and distances take many for one. */
    int connectionsPerSecond() {
        return limit * 40;
    }

    /** How many connections may begin at the same moment. */
    int burst() {
        return limit * 2;
    }

    /** An answered connect took so long. */
    void connected(Duration roundTrip) {
        connects.answered(roundTrip);
    }

    /** A handshake that succeeded took so long. */
    void secured(Duration elapsed) {
        handshakes.answered(elapsed);
    }

    /** Begins as at first: what was silent together is not asked again all at once. */
    void again() {
        limit = Math.min(limit, INITIAL);
    }

    /**
     * Time passed; called more often than every step.
     *
     * @param full whether more targets would begin if they might
     */
    void tick(long nowNanos, Duration loopLag, boolean full) {
        if (nowNanos - nextStep < 0) {
            return;
        }
        nextStep = nowNanos + STEP_NANOS;
        boolean queueing = connects.isMarked() || handshakes.isMarked();
        if (queueing || loopLag.compareTo(LATE) > 0) {
            limit = Math.max(queueing && loopLag.compareTo(LATE) <= 0 ? FLOOR : FLOOR_WHEN_LATE, limit / 2);
            connects.forget();
            handshakes.forget();
        } else if (full) {
            limit = Math.min(CEILING, limit * 2);
        }
    }
}
