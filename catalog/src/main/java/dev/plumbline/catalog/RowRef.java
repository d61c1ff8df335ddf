package dev.plumbline.catalog;

/**
 * Where a target comes from.
 *
 * @param edition id of the edition, or {@link #OVERLAY}
 * @param line line of the source document on which the entry is printed, 0 for entries of our own
 * @param text the entry as printed, shortened to one line
 */
public record RowRef(String edition, int line, String text) {
    /** In place of an edition: the organisation added the target itself. */
    public static final String OVERLAY = "overlay";
}
