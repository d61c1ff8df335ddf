package dev.plumbline.agent.schedule;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which targets are due: minimum intervals and the agent's own policy hold always, on demand too. */
final class Intervals {
    private Intervals() {}

    /** @param lastProbed when each target was last begun, by this process */
    static Assignment assign(
            Plan plan, long round, String demand, Map<TargetId, Instant> lastProbed, Instant now, Policy policy) {
        List<Target> due = new ArrayList<>();
        Map<TargetId, SkipReason> skipped = new HashMap<>();
        plan.unread().keySet().forEach(id -> skipped.put(id, SkipReason.NO_PROBE));
        for (Target target : plan.targets()) {
            Instant last = lastProbed.get(target.id());
            // A clock that was set back must not silence a target.
            boolean tooSoon = last != null && now.isBefore(last.plus(target.minimumInterval())) && !now.isBefore(last);
            if (policy.refuses(target, round).isPresent()) {
                skipped.put(target.id(), SkipReason.NOT_ALLOWED);
            } else if (tooSoon) {
                skipped.put(target.id(), SkipReason.TOO_SOON);
            } else {
                due.add(target);
            }
        }
        return new Assignment(plan, round, demand, due, skipped);
    }
}
