package dev.plumbline.collector.projection;

import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.collector.judge.RoundJudge;

/** Makes a judge that remembers nothing. */
public interface Judges {
    /** @param evidence as it was known when a round was closed */
    RoundJudge begin(Certificates evidence);
}
