package dev.plumbline.collector;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which rounds were closed, counted back from the latest closing. Between two closings it counts what rounds take
 * and no more: a collector that stood still made nothing old meanwhile, and a clock that leaps ahead by a year makes nothing
 * older than two rounds do. So a wrong clock deletes nothing, nobody has to tell a leap from a holiday, and when the clock is right
 * again nothing needs to be mended. What it costs is that batches are kept longer than a calendar says, by the time that
 * did not count.
 */
final class CountedTime {
    private final Duration longest;
    private Optional<Instant> later = Optional.empty();
    private Duration counted = Duration.ZERO;
    private Duration leftOut = Duration.ZERO;

    /** @param longest what counts between two closings */
    CountedTime(Duration longest) {
        this.longest = longest;
    }

    /**
     * Goes back to an earlier closing.
     *
     * @return what counts between the latest one and this
     */
    Duration back(Instant closedAt) {
        Duration gap = later.map(l -> Duration.between(closedAt, l)).orElse(Duration.ZERO);
        later = Optional.of(closedAt);
        if (gap.compareTo(longest) > 0) {
            leftOut = leftOut.plus(gap).minus(longest);
            counted = counted.plus(longest);
        } else if (!gap.isNegative()) {
            counted = counted.plus(gap);
        }
        return counted;
    }

    /** What did not count so far. */
    Duration leftOut() {
        return leftOut;
    }
}
