package dev.plumbline.collector.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a receiver wants to be told.
 *
 * @param resend after how long it is told again of what is still open; empty = never
 */
public record Reception(Selection selection, List<QuietHours> quiet, Optional<Duration> resend) {
    public Reception {
        quiet = List.copyOf(quiet);
        if (resend.isPresent() && !quiet.isEmpty()) {
            throw new IllegalArgumentException(
                    "a receiver that forgets what it is not told again would take every cause of quiet hours for ended");
        }
    }
}
