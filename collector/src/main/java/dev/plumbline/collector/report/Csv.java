package dev.plumbline.collector.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as RFC 4180 has it: every field quoted, lines ended by CR LF. A field that a spreadsheet would compute begins with an
 * apostrophe, which shows it as text (OWASP, CSV Injection).
 */
final class Csv {
    private static final String COMPUTED = "=+-@\t\r\n";

    private final StringBuilder text = new StringBuilder();
    private final int columns;

    Csv(String... columns) {
        this.columns = columns.length;
        row(List.of(columns));
    }

    void row(List<String> fields) {
        if (fields.size() != columns) {
            throw new IllegalArgumentException(fields.size() + " fields in a table of " + columns + " columns");
        }
        text.append(fields.stream().map(Csv::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String field(String value) {
        String shown = isComputed(value) ? "'" + value : value;
        return '"' + shown.replace("\"", "\"\"") + '"';
    }

    /** Spreadsheets pass over blanks, and take signs of full width for the usual ones. */
    private static boolean isComputed(String value) {
        String begun = value.stripLeading();
        if (begun.isEmpty()) {
            return !value.isEmpty() && COMPUTED.indexOf(value.charAt(0)) >= 0;
        }
        char first = begun.charAt(0);
        char narrow = first >= '\uff01' && first <= '\uff5e' ? (char) (first - '\uff01' + '!') : first;
        return COMPUTED.indexOf(narrow) >= 0;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
