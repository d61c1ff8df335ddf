package dev.plumbline.agent.hold;

import java.time.Duration;

/**
 * What a hold waits for beside its quiet.
 *
 * @param open for resolving, for connecting and for TLS, each
 * @param answer for the acknowledgement or answer to the write: long enough for six re-sends by the kernel
 * @param standstill longest time that this host may stand still before the hold is discarded
 */
public record HoldTimes(Duration open, Duration answer, Duration standstill) {
    public static final HoldTimes STANDARD =
            new HoldTimes(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(10));
}
