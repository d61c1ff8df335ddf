package dev.plumbline.collector.delivery;

import dev.plumbline.collector.remedy.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is to be told, and how.
 *
 * @param link what links to findings begin with; empty = there are none
 * @param dialect of the remedy's lines; empty = the first that has any
 * @param giveUpAfter how long a message is tried
 */
public record AlertSettings(
        Optional<URI> link, Optional<Dialect> dialect, Duration giveUpAfter, List<ReceiverSettings> receivers) {
    static final Duration STANDARD_GIVE_UP = Duration.ofHours(24);

    public AlertSettings {
        receivers = List.copyOf(receivers);
    }
}
