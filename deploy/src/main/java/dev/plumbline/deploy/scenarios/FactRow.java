package dev.plumbline.deploy.scenarios;

import java.util.Arrays;
import java.util.List;

/**
 * One line of the table of facts: under this fault these facts hold together on this segment; on a clean lab and under each
 * look-alike, made on the same segment, they do not.
 *
 * @param line id of a line of the table of faults
 */
record FactRow(String line, String segment, List<FactTerm> terms, List<String> not, String where) {
    static final String CLEAN = "clean";

    FactRow {
        terms = List.copyOf(terms);
        not = List.copyOf(not);
    }

    /**
     * @param columns line, segment, facts with {@code and} between them, look-alikes with commas between them
     * @throws IllegalArgumentException with a sentence
     */
    static FactRow of(List<String> columns, String where) {
        if (columns.size() != 4) {
            throw new IllegalArgumentException("must be line, segment, facts and look-alikes, parted by tabs");
        }
        List<String> not =
                Arrays.stream(columns.get(3).split(",", -1)).map(String::trim).toList();
        if (!not.contains(CLEAN)) {
            throw new IllegalArgumentException(
                    "the last column must name clean: a fact that holds there tells nothing");
        }
        return new FactRow(
                columns.get(0),
                columns.get(1),
                Arrays.stream(columns.get(2).split(" and ", -1))
                        .map(FactTerm::parse)
                        .toList(),
                not,
                where);
    }

    String facts() {
        return String.join(" and ", terms.stream().map(FactTerm::text).toList());
    }

    boolean holdsIn(Sighting sighting) {
        return terms.stream().allMatch(term -> term.in(sighting).holds());
    }

    /** What each term saw. */
    String seenIn(Sighting sighting) {
        return String.join(
                "; ", terms.stream().map(term -> term.in(sighting).values()).toList());
    }
}
