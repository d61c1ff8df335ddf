package dev.plumbline.agent.forecast;

import dev.plumbline.catalog.Target;
import java.time.Duration;

/**
 * One name, port and transport of the plan.
 *
 * @param every how often it is probed at most; the round's length where nothing else says
 * @param timesADay rounds of a day in which it is probed
 * @param cost of one conversation with one address
 * @param aDay all addresses and offers, without name questions, closed ports and distances
 */
public record Destination(Target target, Duration every, long timesADay, Cost cost, Traffic aDay) {
    /** The name as an administrator writes it: {@code 1..50-courier.push.apple.com} for a pool. */
    public String name() {
        return target.poolSize() == 0 ? target.host() : target.host().replace("{n}", "1.." + target.poolSize());
    }
}
