package dev.plumbline.collector.round;

import dev.plumbline.collector.finding.RoundVerdict;
import java.util.Optional;

/** Hears of closed rounds after they are in the store, on the judge's thread. */
public interface RoundListener {
    /**
     * @param verdict empty when nobody said anything about the round
     */
    void closed(long round, Optional<RoundVerdict> verdict);

    /** The round is over without a verdict though there were facts: a fault of the collector's own, told in its log. */
    void failed(long round);
}
