package dev.plumbline.collector.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A round was closed: when, and on which facts. With it the verdict can be found again.
 *
 * @param id ascends from 1, perhaps with gaps
 * @param readTo position up to which the journal had been read: what came later was not known
 * @param closedAt to the microsecond
 */
public record Closing(long id, long round, long readTo, Instant closedAt) {
    public Closing {
        closedAt = closedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
