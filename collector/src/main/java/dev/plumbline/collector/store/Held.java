package dev.plumbline.collector.store;

import java.time.Instant;

/**
 * What was so from a time on, until the next of its kind.
 *
 * @param since when the collector knew it
 */
public record Held<T>(T what, Instant since) {}
