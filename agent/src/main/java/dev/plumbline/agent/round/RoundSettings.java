package dev.plumbline.agent.round;

import java.time.Duration;

/**
 * How a round is gone about.
 *
 * @param stageTimeout for RESOLVE, for CONNECT, and for SECURE and EXCHANGE together
 * @param confirmations how often a target that failed is probed again at once
 * @param connectionsPerSecond bound of new TCP connections a second, whatever they are for; 0 = somebody waits, open up as
 *     fast as nothing suffers
 */
public record RoundSettings(Duration stageTimeout, int confirmations, int connectionsPerSecond) {
    public static final RoundSettings ON_DEMAND = new RoundSettings(Duration.ofSeconds(4), 1, 0);

    /** Targets that are under way at the same time, at most, while nobody waits. */
    public static final int MOST_UNATTENDED = SlowStart.INITIAL;

    public RoundSettings {
        if (stageTimeout.isNegative() || stageTimeout.isZero()) {
            throw new IllegalArgumentException("a stage takes time, not " + stageTimeout);
        }
        if (confirmations < 0 || connectionsPerSecond < 0) {
            throw new IllegalArgumentException("confirmations and connections a second are not negative");
        }
    }

    /** The same, paced for when nobody waits. */
    public RoundSettings paced(int perSecond) {
        return new RoundSettings(stageTimeout, confirmations, perSecond);
    }
}
