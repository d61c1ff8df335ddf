package dev.plumbline.catalog.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A list of records with named columns, printed as an aligned table, as tab-separated lines or as JSON. */
final class Listing {
    /** How a listing is printed. */
    enum Format {
        TABLE,
        TSV,
        JSON
    }

    private final List<String> columns;
    private final List<List<Object>> lines = new ArrayList<>();

    Listing(String... columns) {
        this(List.of(columns));
    }

    Listing(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /** One value for each column: text, number, truth or a list of texts. */
    void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for the columns " + columns);
        }
        lines.add(List.of(values));
    }

    void print(Format format, PrintWriter out) {
        switch (format) {
            case TABLE -> table(out);
            case TSV ->
                lines.forEach(l -> out.println(l.stream()
                        .map(Listing::text)
                        .map(s -> s.replace('\t', ' '))
                        .collect(Collectors.joining("\t"))));
            case JSON -> json(out);
        }
        out.flush();
    }

    private void table(PrintWriter out) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(c -> c.toUpperCase(Locale.ROOT)).toList());
        lines.forEach(l -> cells.add(l.stream().map(Listing::text).toList()));
        int[] widths = new int[columns.size()];
        cells.forEach(l -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], l.get(i).length());
            }
        });
        cells.forEach(l -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(l.get(i)).append(" ".repeat(widths[i] - l.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        });
    }

    private void json(PrintWriter out) {
        out.println("[");
        for (int i = 0; i < lines.size(); i++) {
            List<String> members = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                members.add(Json.quoted(columns.get(c)) + ": "
                        + Json.of(lines.get(i).get(c)));
            }
            out.println("  {" + String.join(", ", members) + "}" + (i + 1 < lines.size() ? "," : ""));
        }
        out.println("]");
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : String.valueOf(value);
    }
}
