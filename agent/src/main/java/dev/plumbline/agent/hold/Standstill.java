package dev.plumbline.agent.hold;

import dev.plumbline.agent.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices that this host slept or stood still, by what passed between two looks a second or so apart. */
final class Standstill {
    private final Ticker ticker;
    private final Duration most;
    private long lastNanos;
    private Instant last;

    Standstill(Ticker ticker, Duration most) {
        this.ticker = ticker;
        this.most = most;
        this.lastNanos = ticker.nanos();
        this.last = ticker.instant();
    }

    /** A sentence when more than the allowed time passed unseen, by either clock: the one that never jumps stops in sleep. */
    Optional<String> check() {
        Duration seen = ticker.since(lastNanos);
        Duration passed = Duration.between(last, ticker.instant());
        lastNanos = ticker.nanos();
        last = ticker.instant();
        if (seen.compareTo(most) > 0) {
            return Optional.of("this agent stood still for " + seen.toSeconds() + " s");
        }
        Duration apart = passed.minus(seen).abs();
        return apart.compareTo(most) > 0
                ? Optional.of("this host slept, or its clock was set, by " + apart.toSeconds() + " s")
                : Optional.empty();
    }
}
