package dev.plumbline.collector.evidence;

import java.time.Duration;

/**
 * What an agent tells again of a target that may not be asked each round.
 *
 * @param age how long before the round began it was seen
 */
public record EarlierReading(TargetReading reading, Duration age) {
    /** What is asked every hour at least is compared, though each agent asks it at another minute: else it never would be. */
    private static final Duration COMPARED = Duration.ofMinutes(75);

    boolean isControl() {
        return age.compareTo(COMPARED) <= 0;
    }
}
