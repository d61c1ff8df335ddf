package dev.plumbline.catalog.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table of a plain text while its lines come in. */
final class OpenTable {
    private static final List<String> SEPARATORS = List.of("\t", "|");

    private static final String BLANKS = "";
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[\\w-]+(\\.[\\w-]+)+|[0-9.]+/\\d+|[0-9a-fA-F:]+/\\d+");
    private static final Pattern PORTS = Pattern.compile("\\d[\\d, -]*");

    /** Lines that one row may go on for. */
    private static final int MOST_LINES = 12;

    /** Host, ports, protocol and system: what follows may be blank at the end of a line. */
    private static final int FEWEST_CELLS = 4;

    private final int line;
    private final String separator;
    private final List<String> head;
    private final Collected article;
    private final List<Piece.Entry> entries = new ArrayList<>();

    private final List<String> cells = new ArrayList<>();
    private int begun;
    private int last;
    private boolean closed;
    private boolean parted;
    private Optional<List<Column>> columns = Optional.empty();

    private OpenTable(int line, String separator, List<String> head, Collected article) {
        this.line = line;
        this.separator = separator;
        this.head = new ArrayList<>(head);
        this.article = article;
    }

    /** A table that this line is the head of. */
    static Optional<OpenTable> headedBy(int number, String raw, Collected article) {
        for (String separator : SEPARATORS) {
            List<String> head = PrintedText.cells(raw, separator);
            if (head.size() > 1 && Column.isHead(head)) {
                return Optional.of(new OpenTable(number, separator, head, article));
            }
        }
        return BlankCells.head(Lettering.plain(raw)).map(head -> new OpenTable(number, BLANKS, head, article));
    }

    /** A line outside of any table that would be a row within one. */
    static boolean looksLikeRow(String line) {
        List<String> cells = PrintedText.cells(line, "|");
        return (cells.size() > 2
                        && HOST.matcher(cells.get(0)).matches()
                        && PORTS.matcher(cells.get(1)).matches())
                || BlankCells.cells(line, List.of(Column.HOSTS)).isPresent();
    }

    /** True when the line belongs to the table. */
    boolean takes(int number, String raw) {
        String text = Lettering.plain(raw);
        if (text.isEmpty()) {
            parted = true;
            return true;
        }
        boolean taken = separator.equals(BLANKS) ? blank(number, text) : separated(number, raw, text);
        parted = false;
        return taken;
    }

    private boolean separated(int number, String raw, String text) {
        List<String> more = PrintedText.cells(raw, separator);
        if (text.contains("--") && PrintedText.isRule(text)) {
            return true;
        }
        if (!raw.contains(separator)) {
            boolean goesOn = !cells.isEmpty()
                    && mayGoOn(number)
                    && (cells.size() < FEWEST_CELLS || (!closed && separator.equals("|")));
            if (goesOn) {
                goOn(number, more, false);
            }
            return goesOn;
        }
        if (cells.isEmpty()
                && entries.isEmpty()
                && more.stream().allMatch(c -> Column.of(c).isPresent())) {
            head.addAll(more);
            return true;
        }
        // What is closed by a separator is a cell of its own; else its first cell goes on with the last one.
        int together = cells.size() + more.size() - (closed ? 0 : 1);
        boolean begins =
                cells.isEmpty() || !mayGoOn(number) || HOST.matcher(more.get(0)).matches() || together > head.size();
        if (begins) {
            begin(number, more);
            closed = text.endsWith(separator);
        } else {
            goOn(number, more, text.endsWith(separator));
        }
        return true;
    }

    private boolean blank(int number, String text) {
        if (BlankCells.begins(text)) {
            begin(number, List.of(text));
            return true;
        }
        if (cells.isEmpty() || parted || !mayGoOn(number) || BlankCells.isEnded(cells.get(0))) {
            return false;
        }
        goOn(number, List.of(text), false);
        return true;
    }

    private void begin(int number, List<String> first) {
        close();
        begun = number;
        last = number;
        cells.addAll(first);
    }

    private boolean mayGoOn(int number) {
        return number - begun < MOST_LINES;
    }

    private void goOn(int number, List<String> more, boolean nowClosed) {
        int from = 0;
        if (!closed) {
            int end = cells.size() - 1;
            cells.set(end, (cells.get(end) + " " + more.get(0)).strip());
            from = 1;
        }
        cells.addAll(more.subList(from, more.size()));
        last = number;
        closed = nowClosed;
    }

    private void close() {
        if (cells.isEmpty()) {
            return;
        }
        List<String> whole = List.copyOf(cells);
        cells.clear();
        closed = false;
        if (last > begun) {
            article.note(
                    begun,
                    Lettering.quoted(whole.get(0)) + " goes on to line " + last
                            + "; the lines were read as one row, see that the last belongs to it");
        }
        if (separator.equals(BLANKS)) {
            BlankCells.cells(whole.get(0), columns())
                    .ifPresentOrElse(
                            row -> entries.add(new Piece.Entry(begun, row)),
                            () -> article.unread(
                                    begun,
                                    whole.get(0),
                                    "is no row; right would be host, ports and TCP, UDP or SSH, then the rest"));
        } else {
            entries.add(new Piece.Entry(begun, whole));
        }
    }

    private List<Column> columns() {
        if (columns.isEmpty()) {
            columns = Optional.of(article.columns(line, head));
        }
        return columns.get();
    }

    Piece.Table finish() {
        close();
        return new Piece.Table(line, columns(), entries);
    }
}
