package dev.plumbline.collector;

import dev.plumbline.config.Durations;
import dev.plumbline.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long what was measured is kept; empty = for ever.
 *
 * @param observations batches of agents: so far back rounds can be judged again, under another edition too
 * @param history findings that were closed, and from when to when agents saw the same
 */
record RetentionPolicy(Optional<Duration> observations, Optional<Duration> history) {
    /** The judge remembers a week, and a finding that was closed a day ago may come back. */
    private static final Duration LEAST = Duration.ofDays(8);

    static final RetentionPolicy STANDARD = new RetentionPolicy(Duration.ofDays(90), Duration.ofDays(400));
    static final RetentionPolicy FOR_EVER = new RetentionPolicy(Optional.empty(), Optional.empty());

    private static final String FOR_EVER_WORD = "forever";

    RetentionPolicy {
        if (observations.filter(o -> o.compareTo(LEAST) < 0).isPresent() || isShorter(history, observations)) {
            throw new IllegalArgumentException(
                    "observations are kept for 8 days or longer, and the history as long or longer");
        }
    }

    RetentionPolicy(Duration observations, Duration history) {
        this(Optional.of(observations), Optional.of(history));
    }

    static RetentionPolicy of(Section section) {
        Optional<Duration> observations =
                section.valueOr("observations", RetentionPolicy::observations, STANDARD.observations());
        Optional<Duration> standard = isShorter(STANDARD.history(), observations) ? observations : STANDARD.history();
        return new RetentionPolicy(
                observations, section.valueOr("history", text -> history(text, observations), standard));
    }

    private static boolean isShorter(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && (other.isEmpty() || one.get().compareTo(other.get()) < 0);
    }

    private static Optional<Duration> observations(String text) {
        Optional<Duration> span = span(text);
        if (isShorter(span, Optional.of(LEAST))) {
            throw new IllegalArgumentException("'" + text + "' is too short: the judge needs what was seen in the last "
                    + LEAST.toDays() + "d; write " + LEAST.toDays() + "d or more, or " + FOR_EVER_WORD);
        }
        return span;
    }

    private static Optional<Duration> history(String text, Optional<Duration> observations) {
        Optional<Duration> span = span(text);
        if (isShorter(span, observations)) {
            throw new IllegalArgumentException("'" + text
                    + "' is too short: what follows of observations is kept as long as they are; write "
                    + observations.map(o -> o.toDays() + "d or more, or ").orElse("") + FOR_EVER_WORD);
        }
        return span;
    }

    private static Optional<Duration> span(String text) {
        if (text.equals(FOR_EVER_WORD)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no time span; write 90d, or " + FOR_EVER_WORD, e);
        }
    }
}
