package dev.plumbline.agent.round;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;

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

    /** Targets without plan and demand. */
    public static RoundOrder of(List<Target> targets, long round) {
        return new RoundOrder(targets, round, "", "", Map.of());
    }
}
