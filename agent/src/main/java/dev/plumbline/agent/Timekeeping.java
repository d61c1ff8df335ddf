package dev.plumbline.agent;

import dev.plumbline.agent.stream.Orders;
import dev.plumbline.agent.time.SiteTime;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.Surroundings.ClockOffset;

/** The collector's orders, with its clock told to the host's time first: whoever hears of it reads the corrected one. */
record Timekeeping(SiteTime time, Orders next) implements Orders {
    @Override
    public void plan(Plan plan) {
        next.plan(plan);
    }

    @Override
    public void demand(String id, long round) {
        next.demand(id, round);
    }

    @Override
    public void clock(ClockOffset offset) {
        time.learn(offset);
        next.clock(offset);
    }
}
