package dev.plumbline.catalog.article;

import java.util.Map;
import java.util.Optional;

/**
 * What whoever imports says of the edition; the rest is taken from the document.
 *
 * @param date as exactly as it is known: {@code 2026}, {@code 2026-03-31}
 * @param sections names of sections by the line on which their table's head stands
 */
public record Given(
        Optional<String> id,
        Optional<String> date,
        Optional<String> title,
        Optional<String> source,
        Map<Integer, String> sections) {
    public Given {
        sections = Map.copyOf(sections);
    }
}
