package dev.plumbline.agent.pac;

import java.time.Duration;

/**
 * What a script may use up, for all its questions together.
 *
 * @param instructions of the interpreter
 * @param bytes allocated, measured every few thousand instructions
 */
public record PacLimits(long instructions, long bytes, Duration time) {
    public static final PacLimits STANDARD = new PacLimits(20_000_000, 64 << 20, Duration.ofSeconds(2));
}
