package dev.plumbline.deploy.scenarios;

import java.util.List;
import java.util.Optional;

/**
 * How one line of the table ended.
 *
 * @param seconds from before the first setting was made until the verdict was in
 * @param sentences the findings in the product's words
 * @param trouble a sentence when there is no verdict; the comparison is empty then
 */
record Outcome(
        String id,
        double seconds,
        Optional<Comparison> comparison,
        List<Claim> expected,
        List<Claim> found,
        List<String> sentences,
        Optional<String> trouble) {
    Outcome {
        expected = List.copyOf(expected);
        found = List.copyOf(found);
        sentences = List.copyOf(sentences);
        if (comparison.isPresent() == trouble.isPresent()) {
            throw new IllegalArgumentException("an outcome is either a comparison or a trouble");
        }
    }

    static Outcome troubled(String id, double seconds, String trouble) {
        return new Outcome(id, seconds, Optional.empty(), List.of(), List.of(), List.of(), Optional.of(trouble));
    }

    boolean agrees() {
        return comparison.map(Comparison::agrees).orElse(false);
    }

    /** True when something was to be found: only then is there a time from fault to cause. */
    boolean hadFault() {
        return !expected.isEmpty();
    }
}
