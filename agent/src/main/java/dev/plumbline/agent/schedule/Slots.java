package dev.plumbline.agent.schedule;

import java.time.Duration;

/** Time slots aligned to the clock: every agent of a site computes the same ones. */
final class Slots {
    private static final Duration MOST_JITTER = Duration.ofSeconds(15);

    private Slots() {}

    /** Beginning of the slot that an instant lies in, in epoch milliseconds: its round number. */
    static long slotAt(long epochMillis, Duration round) {
        return Math.floorDiv(epochMillis, round.toMillis()) * round.toMillis();
    }

    /**
     * When in its slot an agent begins, so that not all begin at once.
     *
     * @param random from 0 to 1
     */
    static Duration jitter(Duration round, double random) {
        long most = Math.min(MOST_JITTER.toMillis(), round.toMillis() / 20);
        return Duration.ofMillis((long) (most * random));
    }
}
