package dev.plumbline.agent.forecast;

import dev.plumbline.agent.hold.HoldSettings;
import java.time.Duration;

/** How often a day a quiet connection is opened on one port: up the ladder of ages, then the oldest again and again. */
final class Holds {
    private static final Duration DAY = Duration.ofDays(1);

    private Holds() {}

    /** The first day of an agent on a network that cuts nothing. */
    static long timesADay(HoldSettings settings) {
        long times = 0;
        Duration passed = Duration.ZERO;
        while (passed.compareTo(DAY) < 0) {
            int step = (int) Math.min(times, settings.ages().size() - 1);
            passed = passed.plus(settings.ages().get(step)).plus(settings.pause());
            times++;
        }
        return times;
    }

    /** Where a box cuts even the shortest age, it is looked for down to seconds. */
    static long mostTimesADay(HoldSettings settings) {
        return DAY.toSeconds() / Math.max(1, settings.pause().plusSeconds(5).toSeconds());
    }

    static Traffic aDay(HoldSettings settings) {
        return Cost.HOLD.plus(Cost.QUESTION.times(2)).times(timesADay(settings));
    }
}
