package dev.plumbline.catalog.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows whose cells are parted by nothing but blanks: what a cell may hold tells where it ends. */
final class BlankCells {
    private static final Pattern HEAD =
            Pattern.compile("(?i)(hosts?) (ports?) (protocols?)( os)?( description)?( supports prox(?:ies|y))?( .*)?");

    private static final String HOST = "(\\*?[\\w*-]*[.:][\\w.:/*-]+[\u00b9\u00b2\u00b3\u2020\u2021]?)";
    private static final String PORTS = "(\\d[\\d, \u2013-]*?)";
    private static final String PROTOCOLS = "((?:TCP|UDP|SSH)(?:(?:, and |, | and |/)(?:TCP|UDP|SSH))*)";
    private static final Pattern ROW =
            Pattern.compile(HOST + " " + PORTS + " " + PROTOCOLS + "(?: (" + Systems.LIST + "|-|\u2014))?(?: (.*))?");
    private static final Pattern BEGINS = Pattern.compile(HOST + " " + "(?:\\d|\\S+ (?:TCP|UDP|SSH)\\b).*");
    private static final Pattern WITHIN = Pattern.compile(".*\\d (?:TCP|UDP|SSH)( .*)?");
    private static final Pattern PROXIES = Pattern.compile("(?:(.*) )?(" + ProxyCell.WORDS + ")");

    private BlankCells() {}

    /** The cells of a line that heads such a table. */
    static Optional<List<String>> head(String line) {
        Matcher head = HEAD.matcher(line);
        if (!head.matches()) {
            return Optional.empty();
        }
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= head.groupCount(); i++) {
            if (head.group(i) != null) {
                cells.add(head.group(i).strip());
            }
        }
        return Optional.of(cells);
    }

    /** A row begins here: a host and something of its ports, whether or not the rest can be read. */
    static boolean begins(String line) {
        return BEGINS.matcher(line).matches() || WITHIN.matcher(line).matches();
    }

    /** True when the row ends with what stands in the last column: nothing can follow. */
    static boolean isEnded(String row) {
        return ROW.matcher(row).matches() && PROXIES.matcher(row).matches();
    }

    /** The cells of a row in the order of the columns; nothing when it is none. */
    static Optional<List<String>> cells(String line, List<Column> columns) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return Optional.empty();
        }
        String rest = row.group(5) == null ? "" : row.group(5);
        Matcher proxies = PROXIES.matcher(rest);
        boolean ended = columns.contains(Column.PROXIES) && proxies.matches();
        String description = !ended ? rest : proxies.group(1) == null ? "" : proxies.group(1);
        String said = ended ? proxies.group(2) : "";
        return Optional.of(columns.stream()
                .map(c -> switch (c) {
                    case HOSTS -> row.group(1);
                    case PORTS -> row.group(2);
                    case PROTOCOL -> row.group(3);
                    case OS -> row.group(4) == null ? "" : row.group(4);
                    case DESCRIPTION -> description;
                    case PROXIES -> said;
                })
                .toList());
    }
}
