package dev.plumbline.collector.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns that are aligned and fit a width; what does not fit is wrapped in the last column. Pure. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int LEAST_LAST = 20;

    /** One entry and its colour. */
    record Entry(String text, Ink ink) {
        static Entry of(String text) {
            return new Entry(text, Ink.PLAIN);
        }
    }

    private final List<List<Entry>> rows = new ArrayList<>();

    TextTable(String... heads) {
        List<Entry> head = new ArrayList<>();
        for (String text : heads) {
            head.add(new Entry(text, Ink.STRONG));
        }
        rows.add(head);
    }

    /** As many entries as there are columns. */
    TextTable row(List<Entry> entries) {
        if (entries.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    entries.size() + " entries do not fit " + rows.get(0).size() + " columns");
        }
        rows.add(List.copyOf(entries));
        return this;
    }

    List<String> lines(Terminal terminal) {
        int[] widths = widths(terminal.width());
        List<String> lines = new ArrayList<>();
        for (List<Entry> row : rows) {
            int last = row.size() - 1;
            List<String> wrapped = Wrapping.wrap(row.get(last).text(), widths[last]);
            for (int i = 0; i < wrapped.size(); i++) {
                StringBuilder line = new StringBuilder();
                for (int c = 0; c < last; c++) {
                    String text = i == 0 ? row.get(c).text() : "";
                    line.append(row.get(c).ink().on(text, terminal))
                            .append(" ".repeat(Math.max(0, widths[c] - text.length())))
                            .append(GAP);
                }
                line.append(row.get(last).ink().on(wrapped.get(i), terminal));
                lines.add(line.toString().stripTrailing());
            }
        }
        return lines;
    }

    private int[] widths(int width) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<Entry> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).text().length());
            }
        }
        int before = 0;
        for (int c = 0; c < columns - 1; c++) {
            before += widths[c] + GAP.length();
        }
        widths[columns - 1] = Math.max(LEAST_LAST, width - before);
        return widths;
    }
}
