package dev.plumbline.catalog.allowlist;

import java.util.List;

/**
 * An allow-list in one language.
 *
 * @param lines ready for a file; comments name edition and rows, and every gap
 * @param notes what whoever loads it has to know, in the comments too
 * @param gaps what is not let out by these lines
 */
public record Written(List<String> lines, List<String> notes, List<Gap> gaps) {
    public Written {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
        gaps = List.copyOf(gaps);
    }
}
