package dev.plumbline.catalog.article;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An article as plain text: cells parted by {@code |}, by tabs, or by blanks alone. A row may go on in the next lines.
 *
 * <p>What ends a table is a line that is neither a row nor the rest of one.
 */
final class PrintedText {
    private static final int LONGEST_HEADING = 60;
    private static final Pattern HEADING = Pattern.compile("\\p{Lu}[^|]*[^.:;,!?|]");
    private static final Pattern RULE = Pattern.compile("[-:=+| ]+");

    /** No row comes near, whatever stands between its cells. */
    private static final int LONGEST_LINE = 4_000;

    private final Collected article = new Collected();
    private Optional<OpenTable> open = Optional.empty();

    Article read(String document) {
        String[] lines = document.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            line(i + 1, Lettering.seen(lines[i]));
        }
        end();
        return article.finish();
    }

    private void line(int number, String raw) {
        if (raw.length() > LONGEST_LINE) {
            end();
            article.unread(number, raw.substring(0, LONGEST_LINE), "is longer than any row, and was not looked at");
            return;
        }
        String line = Lettering.plain(raw);
        Optional<OpenTable> head = OpenTable.headedBy(number, raw, article);
        if (head.isPresent()) {
            end();
            open = head;
        } else if (open.isEmpty() || !open.get().takes(number, raw)) {
            if (!line.isEmpty() && !isRule(line)) {
                end();
                outside(number, line);
            }
        }
    }

    private void outside(int number, String line) {
        if (OpenTable.looksLikeRow(line)) {
            article.unread(
                    number,
                    line,
                    "looks like a row and stands in no table; above it, a line with Hosts, Ports, Protocol is missing");
        } else {
            article.add(isHeading(line) ? new Piece.Heading(number, line) : new Piece.Prose(number, line));
        }
    }

    /** Short and without the end of a sentence. Where a heading names systems alone, it parts a section and names none. */
    private static boolean isHeading(String line) {
        return line.length() <= LONGEST_HEADING && HEADING.matcher(line).matches() && !Systems.isList(line);
    }

    private void end() {
        open.ifPresent(table -> article.add(table.finish()));
        open = Optional.empty();
    }

    /** A line that is drawn, such as the one under a head. */
    static boolean isRule(String line) {
        return line.indexOf('-') >= 0 && RULE.matcher(line).matches();
    }

    /** Cells of a line, by what parts them. */
    static List<String> cells(String raw, String separator) {
        String line = separator.equals("|") ? raw.strip() : raw;
        String inner = separator.equals("|") && line.startsWith("|") ? line.substring(1) : line;
        List<String> cells = List.of(inner.split(separator.equals("|") ? "\\|" : separator, -1)).stream()
                .map(Lettering::plain)
                .toList();
        boolean closed = cells.size() > 1 && cells.get(cells.size() - 1).isEmpty();
        return closed ? cells.subList(0, cells.size() - 1) : cells;
    }
}
