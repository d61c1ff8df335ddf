package dev.plumbline.deploy.scenarios;

import java.util.List;
import java.util.Optional;

/**
 * How one line of the table ended.
 *
 * @param seconds from before the first setting was made until the verdict was in
 * @param sentences the findings in the product's words
 * @param why what the product says of a target for each finding that was expected and is not there
 * @param trouble a sentence when there is no verdict; the comparison is empty then
 * @param strain the worst that the host did in all plays
 * @param plays how often the line was played, of which this is the last
 */
record Outcome(
        String id,
        double seconds,
        Optional<Comparison> comparison,
        List<Claim> expected,
        List<Claim> found,
        List<String> sentences,
        List<String> why,
        Optional<String> trouble,
        Strain strain,
        int plays) {
    Outcome {
        expected = List.copyOf(expected);
        found = List.copyOf(found);
        sentences = List.copyOf(sentences);
        why = List.copyOf(why);
        if (comparison.isPresent() == trouble.isPresent()) {
            throw new IllegalArgumentException("an outcome is either a comparison or a trouble");
        }
    }

    /** Of the first play, on a quiet host. */
    Outcome(
            String id,
            double seconds,
            Optional<Comparison> comparison,
            List<Claim> expected,
            List<Claim> found,
            List<String> sentences,
            Optional<String> trouble) {
        this(id, seconds, comparison, expected, found, sentences, List.of(), trouble, Strain.NONE, 1);
    }

    static Outcome troubled(String id, double seconds, String trouble) {
        return new Outcome(id, seconds, Optional.empty(), List.of(), List.of(), List.of(), Optional.of(trouble));
    }

    Outcome played(int times, Strain host) {
        return new Outcome(id, seconds, comparison, expected, found, sentences, why, trouble, host, times);
    }

    Outcome explained(List<String> lines) {
        return new Outcome(id, seconds, comparison, expected, found, sentences, lines, trouble, strain, plays);
    }

    /** What was found, or why nothing was, in one line. */
    String summary() {
        return trouble.map(t -> "no verdict: " + t)
                .orElseGet(() -> sentences.isEmpty() ? "nothing was found" : String.join("; ", sentences));
    }

    boolean agrees() {
        return comparison.map(Comparison::agrees).orElse(false);
    }

    /** True when an agent said against the table that its own host is not fit to tell. */
    boolean hostWasUnfit() {
        return !agrees() && found.stream().anyMatch(claim -> claim.mechanism().equals("agent.unfit"));
    }

    /** True when something was to be found: only then is there a time from fault to cause. */
    boolean hadFault() {
        return !expected.isEmpty();
    }
}
