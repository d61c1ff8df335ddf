package dev.plumbline.agent.pac;

import dev.plumbline.words.ScriptEnd;
import java.util.List;

/**
 * What a script said.
 *
 * @param answers one for each question, in their order; empty when it did not answer
 * @param problem a sentence, empty when it answered all
 */
public record PacOutcome(List<String> answers, ScriptEnd end, String problem) {
    public PacOutcome {
        answers = List.copyOf(answers);
        if ((end == ScriptEnd.ANSWERED) != problem.isEmpty()) {
            throw new IllegalArgumentException("a script that ended as " + end + " has the problem '" + problem + "'");
        }
    }

    static PacOutcome answered(List<String> answers) {
        return new PacOutcome(answers, ScriptEnd.ANSWERED, "");
    }

    /** One that gave no answer. */
    public static PacOutcome failed(ScriptEnd end, String problem) {
        return new PacOutcome(List.of(), end, problem);
    }
}
