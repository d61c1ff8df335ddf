package dev.plumbline.catalog;

import java.util.List;

/**
 * One dated version of a source document.
 *
 * @param date as exactly as it is known: {@code 2019}, {@code 2013-07-19}
 * @param derived true for lists of our own, which are never shown as Apple's text
 * @param source what the document is and who published it
 * @param conditions what it asks for beyond hosts and ports
 */
public record Edition(
        String id, String title, String date, boolean derived, String source, List<Condition> conditions) {
    public Edition {
        if (!id.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "edition id '" + id + "' must be lower-case letters, digits and hyphens");
        }
        if (!date.matches("\\d{4}(-\\d{2}(-\\d{2})?)?")) {
            throw new IllegalArgumentException(
                    "edition " + id + ": date '" + date + "' is not YYYY, YYYY-MM or YYYY-MM-DD");
        }
        conditions = List.copyOf(conditions);
    }

    /** True when the edition says this word among its conditions. */
    public boolean says(String condition) {
        return conditions.stream().anyMatch(c -> c.name().equals(condition));
    }
}
