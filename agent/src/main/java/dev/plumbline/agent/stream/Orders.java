package dev.plumbline.agent.stream;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.Surroundings.ClockOffset;

/** What comes down from the collector; called on the stream's thread, so it must be quick. */
public interface Orders {
    void plan(Plan plan);

    /** A whole round now, under the collector's number. */
    void demand(String id, long round);

    /** The collector's clock against this host's, measured when it said welcome and whenever it was asked. */
    default void clock(ClockOffset offset) {}
}
