package dev.plumbline.collector.projection;

import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.collector.finding.Sight;
import dev.plumbline.collector.judge.RoundJudge;

/** Makes a judge that remembers nothing. */
public interface Judges {
    /** @param evidence as it was known when a round was closed */
    RoundJudge begin(Certificates evidence);

    /** What all of them look at. */
    default Sight sight() {
        return Sight.UNBOUNDED;
    }
}
