package dev.plumbline.collector.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * What was deleted at once, of a row of deletions.
 *
 * @param deleted records
 * @param passed records that are cited and were left
 * @param last position to go on after
 * @param first time at which one of the deleted was received, the earliest
 * @param latest the latest such time
 * @param isEnd nothing is left to be deleted, and the room is given back
 */
public record Deletion(
        int deleted, int passed, long last, Optional<Instant> first, Optional<Instant> latest, boolean isEnd) {
    /** The beginning of a row. */
    public static Deletion none(long after) {
        return new Deletion(0, 0, after, Optional.empty(), Optional.empty(), false);
    }

    Deletion plus(long position, Instant receivedAt) {
        return new Deletion(
                deleted + 1, passed, position, earlier(first, receivedAt), later(latest, receivedAt), isEnd);
    }

    Deletion passed(long position) {
        return new Deletion(deleted, passed + 1, position, first, latest, isEnd);
    }

    Deletion ended() {
        return new Deletion(deleted, passed, last, first, latest, true);
    }

    /** Both, where the other was done after this one. */
    public Deletion and(Deletion next) {
        return new Deletion(
                deleted + next.deleted,
                passed + next.passed,
                next.last,
                next.first.isPresent() ? earlier(first, next.first.get()) : first,
                next.latest.isPresent() ? later(latest, next.latest.get()) : latest,
                next.isEnd);
    }

    private static Optional<Instant> earlier(Optional<Instant> known, Instant other) {
        return Optional.of(known.filter(k -> k.isBefore(other)).orElse(other));
    }

    private static Optional<Instant> later(Optional<Instant> known, Instant other) {
        return Optional.of(known.filter(k -> k.isAfter(other)).orElse(other));
    }
}
