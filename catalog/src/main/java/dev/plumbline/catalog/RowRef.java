package dev.plumbline.catalog;

/**
 * Where a target comes from.
 *
 * @param edition id of the edition
 * @param line line of the source document on which the entry is printed, 0 for entries of our own
 * @param text the entry as printed, shortened to one line
 */
public record RowRef(String edition, int line, String text) {}
