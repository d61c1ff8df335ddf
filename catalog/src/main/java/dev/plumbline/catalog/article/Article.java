package dev.plumbline.catalog.article;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document cut into its pieces.
 *
 * @param faults why it cannot be imported as a whole
 * @param unread lines that stand in a table, or look like it, and that are no row
 * @param notes what was put right
 */
record Article(List<Piece> pieces, List<Remark> faults, List<Remark> unread, List<Remark> notes) {
    private static final Pattern PAGE = Pattern.compile("(?i)<(!doctype|html|body|table)\\b");

    Article {
        pieces = List.copyOf(pieces);
        faults = List.copyOf(faults);
        unread = List.copyOf(unread);
        notes = List.copyOf(notes);
    }

    /** Reads a saved page as such, anything else as plain text. */
    static Article read(String document) {
        return PAGE.matcher(document).find() ? new PrintedPage().read(document) : new PrintedText().read(document);
    }

    Stream<Piece.Table> tables() {
        return pieces.stream().filter(Piece.Table.class::isInstance).map(Piece.Table.class::cast);
    }
}
