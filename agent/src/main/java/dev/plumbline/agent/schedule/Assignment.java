package dev.plumbline.agent.schedule;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;

/**
 * One round to be done.
 *
 * @param round epoch milliseconds that name it, the same for every agent of the site
 * @param demand the collector's demand, empty for a scheduled round
 * @param targets those of the plan that are due
 * @param skipped those that are not, with the reason; they belong into the summary
 */
public record Assignment(
        Plan plan, long round, String demand, List<Target> targets, Map<TargetId, SkipReason> skipped) {
    public Assignment {
        targets = List.copyOf(targets);
        skipped = Map.copyOf(skipped);
    }

    /** Somebody waits for it. */
    public boolean isOnDemand() {
        return !demand.isEmpty();
    }
}
