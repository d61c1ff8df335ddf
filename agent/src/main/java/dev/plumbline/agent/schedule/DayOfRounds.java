package dev.plumbline.agent.schedule;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The rounds of a day before they are run: the same slots and the same minimum intervals, nothing measured. */
public final class DayOfRounds {
    private static final Duration DAY = Duration.ofDays(1);

    private DayOfRounds() {}

    /**
     * Tells each scheduled round of the day that begins with the slot of this instant, in order. An agent that begins some
     * seconds into its slot leaves out a target now and then whose interval is as long as the round: it asks no more often.
     */
    public static void tell(Plan plan, Instant from, Consumer<Assignment> round) {
        Duration length = plan.settings().round();
        Map<TargetId, Instant> lastProbed = new HashMap<>();
        long first = Slots.slotAt(from.toEpochMilli(), length);
        for (long slot = first; slot < first + DAY.toMillis(); slot += length.toMillis()) {
            Instant begins = Instant.ofEpochMilli(slot);
            Assignment assignment = Intervals.assign(plan, slot, "", lastProbed, begins, Policy.ANYTHING);
            for (Target target : assignment.targets()) {
                lastProbed.put(target.id(), begins);
            }
            round.accept(assignment);
        }
    }
}
