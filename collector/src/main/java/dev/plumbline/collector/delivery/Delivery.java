package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert on its way to one receiver.
 *
 * @param number in the order in which they were written
 * @param nextAt when it is tried next, while it waits
 * @param said what the latest try met; empty before the first
 * @param leftOver for whom alone it still waits; empty = for all
 */
record Delivery(
        long number,
        String receiver,
        Alert alert,
        Instant madeAt,
        State state,
        int tries,
        Instant nextAt,
        Optional<Instant> endedAt,
        String said,
        List<String> leftOver) {
    /** What became of it. The names are kept in the file. */
    enum State {
        WAITING,
        DELIVERED,
        /** The receiver does not want it. */
        REFUSED,
        /** It became too old. */
        GAVE_UP,
        /** It was over before it was tried at all: nobody needs to hear of it. */
        WITHDRAWN
    }

    Delivery {
        leftOver = List.copyOf(leftOver);
    }
}
