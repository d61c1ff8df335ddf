package dev.plumbline.agent.helper;

import dev.plumbline.words.Echo;
import dev.plumbline.words.Evidence;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the helper sent back.
 *
 * @param evidence the certificates that the echoes name
 */
public record HelperAnswers(List<Echo> echoes, List<Evidence> evidence) {
    /** There is no helper. */
    public static final HelperAnswers NOTHING = new HelperAnswers(List.of(), List.of());

    public HelperAnswers {
        echoes = List.copyOf(echoes);
        evidence = List.copyOf(evidence);
    }

    HelperAnswers and(HelperAnswers other) {
        return new HelperAnswers(
                Stream.concat(echoes.stream(), other.echoes.stream()).toList(),
                Stream.concat(evidence.stream(), other.evidence.stream())
                        .distinct()
                        .toList());
    }
}
