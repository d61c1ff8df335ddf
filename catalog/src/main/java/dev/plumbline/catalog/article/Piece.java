package dev.plumbline.catalog.article;

import java.util.List;

/** One piece of the article, in the order of print. */
sealed interface Piece {
    /** Line of the document on which it begins, from 1. */
    int line();

    /** A heading. */
    record Heading(int line, String text) implements Piece {}

    /** A paragraph, or a line of one. */
    record Prose(int line, String text) implements Piece {}

    /** A table of hosts. */
    record Table(int line, List<Column> columns, List<Entry> entries) implements Piece {
        public Table {
            columns = List.copyOf(columns);
            entries = List.copyOf(entries);
        }
    }

    /**
     * One line of a table.
     *
     * @param cells in the order of the columns; those at the end may be missing
     */
    record Entry(int line, List<String> cells) {
        public Entry {
            cells = List.copyOf(cells);
        }
    }
}
