package dev.plumbline.agent.spool;

import java.time.Duration;

/**
 * How full a spool is.
 *
 * @param bytes of the messages that wait
 * @param oldest how long the oldest of them has waited
 * @param queued facts in memory that are not written yet
 * @param queueLimit how many may be
 */
public record SpoolFill(long bytes, Duration oldest, SpoolBounds bounds, int queued, int queueLimit) {}
