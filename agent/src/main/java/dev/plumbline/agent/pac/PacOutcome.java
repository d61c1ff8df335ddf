package dev.plumbline.agent.pac;

import java.util.List;

/**
 * What a script said.
 *
 * @param answers one for each question, in their order; empty when there is a problem
 * @param problem a sentence, empty when it answered all
 */
public record PacOutcome(List<String> answers, String problem) {
    public PacOutcome {
        answers = List.copyOf(answers);
    }

    static PacOutcome failed(String problem) {
        return new PacOutcome(List.of(), problem);
    }
}
