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
public record Heard(List<Echo> echoes, List<Evidence> evidence) {
    /** There is no helper. */
    public static final Heard NOTHING = new Heard(List.of(), List.of());

    public Heard {
        echoes = List.copyOf(echoes);
        evidence = List.copyOf(evidence);
    }

    Heard and(Heard other) {
        return new Heard(
                Stream.concat(echoes.stream(), other.echoes.stream()).toList(),
                Stream.concat(evidence.stream(), other.evidence.stream())
                        .distinct()
                        .toList());
    }
}
