package dev.plumbline.deploy.scenarios;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The time that a fault of quiet connections takes to show, and the ages that agents hold meanwhile: one that every firewall
 * of a lab lets live, and the given one.
 */
record QuietTime(Duration age) {
    /** The couriers' ports that are held. */
    static final List<Integer> PORTS = List.of(5223, 443);

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** To open a connection, and to hear an answer to the write after the quiet. */
    private static final Duration ALIVE = Duration.ofSeconds(3);

    /** An agent waits so long before it calls silence silence. */
    private static final Duration SILENT = Duration.ofSeconds(16);

    private static final Duration SPARE = Duration.ofSeconds(8);

    /** The longest that one of the faults needs; empty when none needs any. */
    static Optional<QuietTime> of(List<Setting> faults) {
        return faults.stream()
                .flatMap(fault -> fault.quiet().stream())
                .max(Comparator.naturalOrder())
                .map(QuietTime::new);
    }

    /** Until connections of each age stood once where nothing ends them. */
    Duration untilStood() {
        return once(SHORT, ALIVE).plus(once(age, ALIVE)).plus(SPARE);
    }

    /** Until two, one after the other, were ended in silence. */
    Duration untilEndedTwice() {
        return once(SHORT, ALIVE).plus(once(age, SILENT).multipliedBy(2)).plus(SPARE);
    }

    private static Duration once(Duration quiet, Duration end) {
        return quiet.plus(end).plus(PAUSE);
    }

    /** The section of an agent's configuration. */
    String yaml() {
        return "hold: {ages: [%ds, %ds], ports: %s, pause: %ds}"
                .formatted(SHORT.toSeconds(), age.toSeconds(), PORTS, PAUSE.toSeconds());
    }
}
