package dev.plumbline.collector.alert;

import java.time.Instant;

/**
 * What a receiver was told last of a cause that it takes to be open.
 *
 * @param at when that was decided
 */
public record Told(Alert alert, Instant at) {
    String incident() {
        return alert.finding();
    }
}
