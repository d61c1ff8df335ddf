package dev.plumbline.agent.schedule;

import java.time.Duration;

/**
 * How far a round is at one moment.
 *
 * @param underWay probes that have begun and not ended
 * @param due targets of the present pass that have not begun
 * @param waiting how long one more connection would wait for its turn
 */
public record Progress(int underWay, int due, Duration waiting) {
    /** No round runs. */
    public static final Progress NONE = new Progress(0, 0, Duration.ZERO);
}
