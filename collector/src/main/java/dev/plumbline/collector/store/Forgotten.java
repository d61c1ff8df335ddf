package dev.plumbline.collector.store;

/**
 * What was deleted of the history.
 *
 * @param incidents that were closed
 * @param runs of equal facts that ended
 */
public record Forgotten(long incidents, long runs) {}
