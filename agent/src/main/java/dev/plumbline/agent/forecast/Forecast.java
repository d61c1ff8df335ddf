package dev.plumbline.agent.forecast;

import dev.plumbline.catalog.plan.Plan;
import java.util.List;

/**
 * What an agent with this plan will send on a day on which everything is well.
 *
 * @param sources addresses that it leaves from
 * @param besides everything that belongs to no single destination, the stream to the collector included
 * @param total of destinations and besides
 * @param usualRound the median round, without held connections and the stream
 * @param largestRound the largest round of the day, the same
 * @param demanded the most that one whole round takes which somebody asks for, the same: names of a pool share addresses
 * @param mostTargetsAtOnce targets under way at the same time when nobody waits
 * @param holds connections that are left quiet at the same time
 */
public record Forecast(
        Plan plan,
        List<String> sources,
        List<Destination> destinations,
        List<Beside> besides,
        Traffic total,
        Traffic usualRound,
        Traffic largestRound,
        Traffic demanded,
        int mostTargetsAtOnce,
        int holds) {
    public Forecast {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
        besides = List.copyOf(besides);
    }
}
