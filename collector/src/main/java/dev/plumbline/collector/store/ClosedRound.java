package dev.plumbline.collector.store;

import java.time.Instant;

/**
 * A round that was judged.
 *
 * @param firstPosition journal position of its first fact
 * @param judgedTo journal position of the last record that the verdict took in; facts of the round beyond it are late
 */
public record ClosedRound(long round, Instant closedAt, long firstPosition, long judgedTo) {}
