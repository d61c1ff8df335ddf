package dev.plumbline.collector.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The judge began anew, with no memory but the store's: at a start of the collector.
 *
 * @param id ascends from 1, perhaps with gaps
 * @param applied id of the latest closing that the store contained then: those after it were judged from here
 * @param begunAt to the microsecond
 */
public record Beginning(long id, long applied, Instant begunAt, Basis basis) {
    public Beginning {
        begunAt = begunAt.truncatedTo(ChronoUnit.MICROS);
    }
}
