package dev.plumbline.agent.probe;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import java.util.List;

/**
 * An observation with the evidence that it names.
 *
 * @param isRefused the agent's own policy let nothing be sent to where the name led: there is nothing to be told of it
 */
public record Probed(Observation observation, List<Evidence> evidence, boolean isRefused) {
    public Probed {
        evidence = List.copyOf(evidence);
    }

    /** What was measured. */
    public Probed(Observation observation, List<Evidence> evidence) {
        this(observation, evidence, false);
    }
}
