package dev.plumbline.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What changed from one edition to another, pair by pair. */
public final class EditionDiff {
    /** How a pair changed. */
    public enum Kind {
        ADDED,
        DROPPED,
        /** Printed in both, with another operating system or another word on proxies. */
        CHANGED
    }

    /**
     * One changed pair.
     *
     * @param what what is another, empty for pairs that stand in one edition only
     */
    public record Change(Kind kind, String host, int port, String protocol, String what) {}

    private EditionDiff() {}

    /** Changes in the order of the newer print, then what was dropped; a pair printed in two sections counts once. */
    public static List<Change> between(List<Row> before, List<Row> after) {
        Map<String, Row> old = byPair(before);
        Map<String, Row> now = byPair(after);
        List<Change> changes = new ArrayList<>();
        now.forEach((pair, row) -> {
            Row was = old.get(pair);
            if (was == null) {
                changes.add(change(Kind.ADDED, row, ""));
            } else if (!what(was, row).isEmpty()) {
                changes.add(change(Kind.CHANGED, row, what(was, row)));
            }
        });
        old.forEach((pair, row) -> {
            if (!now.containsKey(pair)) {
                changes.add(change(Kind.DROPPED, row, ""));
            }
        });
        return changes;
    }

    private static Change change(Kind kind, Row row, String what) {
        return new Change(kind, row.host(), row.port(), row.protocol(), what);
    }

    private static Map<String, Row> byPair(List<Row> rows) {
        Map<String, Row> pairs = new LinkedHashMap<>();
        rows.forEach(r -> pairs.putIfAbsent(r.host() + " " + r.port() + " " + r.protocol(), r));
        return pairs;
    }

    private static String what(Row was, Row is) {
        List<String> changed = new ArrayList<>();
        if (!was.os().equals(is.os())) {
            changed.add("os '" + was.os() + "' -> '" + is.os() + "'");
        }
        if (was.proxy() != is.proxy()) {
            changed.add("proxy " + Words.of(was.proxy()) + " -> " + Words.of(is.proxy()));
        }
        return String.join("; ", changed);
    }
}
