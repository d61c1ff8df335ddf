package dev.plumbline.collector;

import dev.plumbline.config.ConfigException;
import dev.plumbline.config.Durations;
import dev.plumbline.config.Section;
import java.time.Duration;

/**
 * How long what was measured is kept.
 *
 * @param journal batches of agents: so far back rounds can be judged again, under another edition too
 * @param store findings that were closed, and what agents saw
 */
record RetentionPolicy(Duration journal, Duration store) {
    /** A round takes late facts for two days, and the judge remembers a week. */
    private static final Duration LEAST = Duration.ofDays(8);

    RetentionPolicy {
        if (journal.compareTo(LEAST) < 0 || store.compareTo(journal) < 0) {
            throw new IllegalArgumentException("the journal is kept 8 days or longer, and the store as long or longer");
        }
    }

    static RetentionPolicy of(Section section) throws ConfigException {
        Duration journal = section.valueOr("journal", s -> atLeast(LEAST, s), Duration.ofDays(90));
        return new RetentionPolicy(
                journal,
                section.valueOr("store", s -> atLeast(journal, s), max(journal, Duration.ofDays(400))));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration atLeast(Duration least, String text) {
        Duration span = Durations.parse(text);
        if (span.compareTo(least) < 0) {
            throw new IllegalArgumentException("'" + text + "' is too short; at least " + least.toDays()
                    + "d are needed, and the store keeps what the journal keeps");
        }
        return span;
    }
}
