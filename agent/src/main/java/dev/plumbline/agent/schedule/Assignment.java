package dev.plumbline.agent.schedule;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
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

    /** The same round, in which nothing at all is probed: the agent's own policy allows no more rounds now. */
    Assignment refused() {
        Map<TargetId, SkipReason> all = new HashMap<>();
        plan.targets().forEach(target -> all.put(target.id(), SkipReason.NOT_ALLOWED));
        return new Assignment(plan, round, demand, List.of(), all);
    }

    /** Every target of it is refused, so that nothing needs to be measured. */
    public boolean isRefused() {
        return !skipped.isEmpty()
                && skipped.values().stream().allMatch(SkipReason.NOT_ALLOWED::equals)
                && targets.isEmpty();
    }

    /** Somebody waits for it. */
    public boolean isOnDemand() {
        return !demand.isEmpty();
    }
}
