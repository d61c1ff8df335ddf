package dev.plumbline.collector.journal;

/**
 * A record and its place.
 *
 * @param position ascends by the order of arrival, from 1, perhaps with gaps
 */
public record JournalEntry(long position, JournalRecord record) {}
