package dev.plumbline.catalog.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An article while it is read. */
final class Collected {
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Remark> faults = new ArrayList<>();
    private final List<Remark> unread = new ArrayList<>();
    private final List<Remark> notes = new ArrayList<>();

    void add(Piece piece) {
        pieces.add(piece);
    }

    void unread(int line, String text, String why) {
        unread.add(new Remark(line, Lettering.quoted(text) + ": " + why));
    }

    void note(int line, String said) {
        notes.add(new Remark(line, said));
    }

    /** The columns of a head; a fault for those that nobody knows. */
    List<Column> columns(int line, List<String> head) {
        List<String> strange = head.stream()
                .filter(c -> Column.of(c).isEmpty())
                .map(Lettering::quoted)
                .toList();
        List<Column> columns =
                head.stream().map(Column::of).flatMap(Optional::stream).toList();
        if (!strange.isEmpty()) {
            faults.add(new Remark(
                    line,
                    "the table has the unknown column " + String.join(", ", strange) + "; known are "
                            + Stream.of(Column.values()).map(Column::title).collect(Collectors.joining(", "))));
        } else if (!columns.contains(Column.PROTOCOL)) {
            faults.add(new Remark(line, "the table has no column Protocol, which every row needs"));
        } else if (columns.stream().distinct().count() < columns.size()) {
            faults.add(new Remark(line, "the table has a column twice"));
        }
        return columns;
    }

    Article finish() {
        return new Article(pieces, faults, unread, notes);
    }
}
