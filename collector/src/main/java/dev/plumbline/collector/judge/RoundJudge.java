package dev.plumbline.collector.judge;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Gathers the facts of rounds and judges them. A verdict is a function of the set of facts: order and duplicates of batches
 * change nothing. Used by one thread.
 */
public interface RoundJudge {
    /** Takes in the facts of a journalled batch. */
    void accept(AgentId agent, Batch batch);

    /** Rounds with facts that were not forgotten, in order. */
    Set<Long> rounds();

    /** Agents whose summary of the round is in. */
    Set<AgentId> finished(long round);

    /** The verdict over all facts of the round that are in so far. */
    RoundVerdict judge(long round, Instant closedAt);

    /** What the latest rounds said before a restart: called once, before anything is judged. */
    default void recall(Collection<Cell> cells) {}

    /** Lets go of the facts of earlier rounds. */
    void forgetBefore(long round);
}
