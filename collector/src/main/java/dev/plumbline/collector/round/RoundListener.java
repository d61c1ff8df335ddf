package dev.plumbline.collector.round;

import dev.plumbline.collector.finding.RoundVerdict;
import java.util.Optional;

/** Hears of closed rounds, and of another judge, after what follows of them is in the store; on the judge's thread. */
public interface RoundListener {
    /**
     * @param verdict empty when nobody said anything about the round
     */
    void closed(long round, Optional<RoundVerdict> verdict);

    /** The round is over without a verdict though there were facts: a fault of the collector's own, told in its log. */
    void failed(long round);

    /** Judging goes on by another configuration of the site, and what ended with the former one has ended in the store. */
    default void turned() {}
}
