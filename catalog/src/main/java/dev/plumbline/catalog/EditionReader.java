package dev.plumbline.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one edition file: a head of {@code key TAB value}, {@code condition} lines, and {@code row} lines, one pair each. */
final class EditionReader {
    private static final Set<String> HEAD = Set.of("id", "title", "date", "derived", "source");
    private static final String CONDITION_COLUMNS = "condition, line, name, text";
    private static final String ROW_COLUMNS =
            "row, line, section, host, port, protocol, os, proxy, description, confidence";

    /** An edition and its rows. */
    record Content(Edition edition, List<Row> rows) {}

    private final Tsv tsv;
    private final Map<String, String> head = new HashMap<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> printed = new HashSet<>();

    private EditionReader(Tsv tsv) {
        this.tsv = tsv;
    }

    /**
     * @param problems gets a sentence for everything that is wrong; what is returned may then only be looked at
     */
    static Content read(String file, String text, List<String> problems) {
        return new EditionReader(new Tsv(file, problems)).read(text);
    }

    private Content read(String text) {
        tsv.lines(text).forEach(this::line);
        HEAD.stream()
                .sorted()
                .filter(k -> !head.containsKey(k))
                .forEach(k -> tsv.problem(1, k, "is missing; the head of an edition names it"));
        return new Content(edition(), rows);
    }

    private void line(Tsv.Line line) {
        String kind = line.cell(0);
        if (kind.equals("row")) {
            if (line.fits(6, 10, ROW_COLUMNS)) {
                row(line);
            }
        } else if (kind.equals("condition")) {
            if (line.fits(4, 4, CONDITION_COLUMNS)) {
                conditions.add(new Condition(line.cell(2), line.value(1, "line", Integer::parseInt, 0), line.cell(3)));
            }
        } else if (HEAD.contains(kind)) {
            if (head.put(kind, line.cell(1)) != null) {
                tsv.problem(line.number(), kind, "stands twice");
            }
        } else {
            tsv.problem(
                    line.number(),
                    "",
                    "begins with '" + kind + "'; right would be row, condition, id, title, date, derived or source");
        }
    }

    private void row(Tsv.Line line) {
        try {
            Row row = new Row(
                    head.getOrDefault("id", ""),
                    line.cell(2),
                    line.cell(3),
                    line.value(4, "port", Integer::parseInt, 1),
                    line.cell(5),
                    line.cell(6),
                    line.value(
                            7,
                            "proxy",
                            s -> s.isEmpty() ? ProxyPolicy.UNSTATED : Words.of(ProxyPolicy.class, s),
                            ProxyPolicy.UNSTATED),
                    line.cell(8),
                    line.value(1, "line", Integer::parseInt, 0),
                    line.value(
                            9,
                            "confidence",
                            s -> s.isEmpty() ? Confidence.PRINTED : Words.of(Confidence.class, s),
                            Confidence.LOW));
            if (!printed.add(row.section() + "|" + row.host() + "|" + row.port() + "|" + row.protocol())) {
                tsv.problem(
                        line.number(),
                        "host",
                        row.host() + " " + row.port() + " stands twice in section '" + row.section() + "'");
            }
            rows.add(row);
        } catch (IllegalArgumentException e) {
            tsv.problem(line.number(), "", String.valueOf(e.getMessage()));
        }
    }

    private Edition edition() {
        try {
            return new Edition(
                    head.getOrDefault("id", "unnamed"),
                    head.getOrDefault("title", ""),
                    head.getOrDefault("date", "1970"),
                    "yes".equals(head.get("derived")),
                    head.getOrDefault("source", ""),
                    conditions);
        } catch (IllegalArgumentException e) {
            tsv.problem(1, "", String.valueOf(e.getMessage()));
            return new Edition("unnamed", "", "1970", false, "", List.of());
        }
    }
}
