package dev.plumbline.agent.probe;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import java.util.List;

/** An observation with the evidence that it names. */
public record Probed(Observation observation, List<Evidence> evidence) {
    public Probed {
        evidence = List.copyOf(evidence);
    }
}
