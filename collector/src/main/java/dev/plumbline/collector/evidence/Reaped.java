package dev.plumbline.collector.evidence;

import dev.plumbline.words.HoldEnd;
import java.util.Optional;

/** How a quiet connection is ended by somebody, or forgotten. */
public enum Reaped {
    SILENT,
    RESET,
    CLOSED;

    /** Empty for an end that speaks of no reaper. */
    public static Optional<Reaped> of(HoldEnd end) {
        return switch (end) {
            case SILENT_AFTER_WRITE -> Optional.of(SILENT);
            case RESET, RESET_AFTER_WRITE -> Optional.of(RESET);
            case CLOSED -> Optional.of(CLOSED);
            case ALIVE, LOCAL, NOT_MEASURED, UNKNOWN -> Optional.empty();
        };
    }
}
