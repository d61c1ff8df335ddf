package dev.plumbline.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds when a segment was not heard, between the rounds in which it was. Pure. */
final class Silences {
    /** What is told of one segment at most: the latest. */
    static final int MOST = 1000;

    /** What is looked at of one segment at most: the latest. */
    static final int MOST_HEARINGS = 10_000;

    private final long patience;
    private final long from;
    private final long to;
    private final List<Unheard> latestFirst = new ArrayList<>();
    private Optional<Long> next = Optional.empty();

    private Silences(Duration patience, Instant from, Instant to) {
        this.patience = TimeUnit.MILLISECONDS.toMicros(patience.toMillis());
        this.from = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        this.to = ChronoUnit.MICROS.between(Instant.EPOCH, to);
    }

    /**
     * @param latestFirst those that began by {@code to}, down to the latest that began by {@code from}
     * @param patience how long after a round began nothing newer is no silence
     * @return oldest first; what ended by {@code from} is not among them
     */
    static List<Unheard> between(List<Hearing> latestFirst, Duration patience, Instant from, Instant to) {
        Silences silences = new Silences(patience, from, to);
        latestFirst.forEach(silences::look);
        Collections.reverse(silences.latestFirst);
        return List.copyOf(silences.latestFirst);
    }

    private void look(Hearing hearing) {
        // Before the one that closed last all followed each other alike.
        boolean isEven = TimeUnit.MILLISECONDS.toMicros(hearing.step())
                        + hearing.since()
                        - TimeUnit.MILLISECONDS.toMicros(hearing.from())
                <= patience;
        long number = hearing.latest(to);
        while (number >= 0 && latestFirst.size() < MOST && next.orElse(to) > from) {
            look(hearing.round(number), hearing.closedAt(number));
            if (isEven && number < hearing.last() && number > 1) {
                next = Optional.of(hearing.closedAt(1));
                number = 1;
            }
            number--;
        }
    }

    private void look(long round, long closedAt) {
        long late = TimeUnit.MILLISECONDS.toMicros(round) + patience;
        if (next.orElse(to) > late) {
            latestFirst.add(new Unheard(
                    Instant.ofEpochMilli(round),
                    SqliteStore.instant(Math.max(late, closedAt)),
                    next.map(SqliteStore::instant)));
        }
        next = Optional.of(closedAt);
    }
}
