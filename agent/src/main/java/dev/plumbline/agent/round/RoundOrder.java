package dev.plumbline.agent.round;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a round is to do.
 *
 * @param round epoch milliseconds of its beginning, the same for every agent of the site
 * @param demand the collector's demand that started it, empty for a scheduled one
 * @param skipped targets that were left out before the round began, with the reason
 */
public record RoundOrder(
        List<Target> targets, long round, String planHash, String demand, Map<TargetId, SkipReason> skipped) {
    public RoundOrder {
        targets = List.copyOf(targets);
        skipped = Map.copyOf(skipped);
    }

    /**
     * The targets as they are to begin: whole pools take longest and come first, the rest in an order of the round's own. It is the
     * same for every agent, so that segments are compared at the same moment, and another in the next round, so that what is asked
     * at a bad moment now is not asked at a bad moment again.
     */
    List<Target> turns() {
        return targets.stream()
                .sorted(Comparator.comparing((Target target) -> target.poolSize() == 0)
                        .thenComparingLong(this::turn))
                .toList();
    }

    private long turn(Target target) {
        return new SplittableRandom(round + target.id().toString().hashCode()).nextLong();
    }

    /** Targets without plan and demand. */
    public static RoundOrder of(List<Target> targets, long round) {
        return new RoundOrder(targets, round, "", "", Map.of());
    }
}
