package dev.plumbline.catalog.article;

import dev.plumbline.catalog.Confidence;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes rows of one line of a table, a row for each host, port and protocol. */
final class EntryReader {
    /** More hosts or ports than this in one cell are no list any more that somebody allows one by one. */
    private static final int MOST = 64;

    private static final int LONGEST_CELL = 2_000;

    private static final Pattern LIST = Pattern.compile("(?:[,;/ ]| and )+");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5}) ?[-\u2010-\u2015\u2212] ?(\\d{1,5})");
    private static final Pattern SPREAD = Pattern.compile("(?<=\\d) ?[-\u2010-\u2015\u2212] ?(?=\\d)");

    private final String edition;
    private final Collected article;

    EntryReader(String edition, Collected article) {
        this.edition = edition;
        this.article = article;
    }

    /** None where something of the line cannot be read; that is told then. */
    List<Row> rows(List<Column> columns, Piece.Entry entry, String section) {
        try {
            return read(columns, entry, section);
        } catch (IllegalArgumentException e) {
            article.unread(entry.line(), shown(entry), String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static String shown(Piece.Entry entry) {
        return entry.cells().stream().limit(MOST).collect(Collectors.joining(" | "));
    }

    private List<Row> read(List<Column> columns, Piece.Entry entry, String section) {
        if (entry.cells().size() > columns.size()) {
            throw new IllegalArgumentException(
                    "has " + entry.cells().size() + " cells in " + columns.size() + " columns");
        }
        if (entry.cells().stream().anyMatch(c -> c.length() > LONGEST_CELL)) {
            throw new IllegalArgumentException("has a cell of more than " + LONGEST_CELL + " characters");
        }
        String description = cell(columns, entry, Column.DESCRIPTION);
        String proxies = cell(columns, entry, Column.PROXIES);
        // Where a description was blank, some prints moved the next cell into its place.
        if (proxies.isEmpty() && columns.contains(Column.PROXIES) && ProxyCell.speaks(description)) {
            article.note(
                    entry.line(),
                    Lettering.quoted(description) + " stands where the description of "
                            + Lettering.quoted(cell(columns, entry, Column.HOSTS)) + " would be, and was read as "
                            + Column.PROXIES.title());
            proxies = description;
            description = "";
        }
        String said = proxies;
        ProxyPolicy proxy = ProxyCell.read(proxies)
                .orElseThrow(() -> new IllegalArgumentException("says " + Lettering.quoted(said)
                        + " of proxies; right would be Yes, a dash, nothing or the pointer to APNs and proxies"));
        String os = cell(columns, entry, Column.OS);
        List<String> strange = Systems.strange(os);
        if (!strange.isEmpty()) {
            article.note(entry.line(), "names " + String.join(", ", strange) + ", of which no target speaks yet");
        }
        List<Row> rows = new ArrayList<>();
        for (String host : hosts(cell(columns, entry, Column.HOSTS))) {
            for (int port : ports(cell(columns, entry, Column.PORTS))) {
                for (String protocol : listed(cell(columns, entry, Column.PROTOCOL), "protocol")) {
                    rows.add(new Row(
                            edition,
                            section,
                            host,
                            port,
                            protocol.toUpperCase(Locale.ROOT),
                            os,
                            proxy,
                            ProxyCell.isDash(description) ? "" : description,
                            entry.line(),
                            Confidence.PRINTED));
                }
            }
        }
        return rows;
    }

    private String cell(List<Column> columns, Piece.Entry entry, Column column) {
        int index = columns.indexOf(column);
        String cell =
                index < 0 || index >= entry.cells().size() ? "" : entry.cells().get(index);
        String unmarked = Lettering.unmarked(cell);
        if (unmarked.length() < cell.length()) {
            article.note(
                    entry.line(),
                    "the footnote mark at " + Lettering.quoted(cell) + " was left out; see whether it changes the row");
        }
        return unmarked;
    }

    private static List<String> hosts(String cell) {
        return listed(cell, "host").stream()
                .map(h -> h.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> listed(String cell, String what) {
        // The slash of a block parts nothing.
        Pattern parts = what.equals("host") ? Pattern.compile("(?:[,; ]| and )+") : LIST;
        List<String> all =
                Arrays.stream(parts.split(cell)).filter(s -> !s.isEmpty()).toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("has no " + what);
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException("has " + all.size() + " words where a " + what + " should be");
        }
        return all;
    }

    /** Ports as printed, in their order: {@code 443, 80}, {@code 2195-2196}. */
    static List<Integer> ports(String cell) {
        List<Integer> ports = new ArrayList<>();
        for (String one : listed(SPREAD.matcher(cell).replaceAll("-"), "port")) {
            Matcher range = RANGE.matcher(one);
            if (PORT.matcher(one).matches()) {
                ports.add(Integer.parseInt(one));
            } else if (range.matches()) {
                int from = Integer.parseInt(range.group(1));
                int to = Integer.parseInt(range.group(2));
                if (to < from || to - from >= MOST) {
                    throw new IllegalArgumentException("port range " + one + " is turned round or has more than " + MOST
                            + " ports, and a row has one");
                }
                for (int port = from; port <= to; port++) {
                    ports.add(port);
                }
            } else {
                throw new IllegalArgumentException(
                        "'" + one + "' is no port; right would be 443 or 443, 80 or 2195-2196");
            }
        }
        return ports;
    }
}
