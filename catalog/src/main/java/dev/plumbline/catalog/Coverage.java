package dev.plumbline.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which targets serve a row: same transport and port, and a host that the row's host, wildcard or block stands for. */
final class Coverage {
    private Coverage() {}

    /** Rows that this target serves, in the order of the editions. */
    static List<Row> rowsOf(TargetRow entry, List<Row> rows) {
        return rows.stream()
                .filter(r -> serves(entry.target(), entry.standsFor(), r))
                .toList();
    }

    static boolean serves(Target target, Set<String> standsFor, Row row) {
        return row.port() == target.port()
                && row.transport().equals(target.transport())
                && (standsFor.contains(row.host()) || matches(row.host(), target.host()));
    }

    /** The bare domain counts as a representative of its wildcard. */
    static boolean matches(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.endsWith(pattern.substring(1)) || host.equals(pattern.substring(2))
                : host.equals(pattern);
    }

    /** What the closest of the rows says of proxies: a row that names the host itself, the newest edition first. */
    static ProxyPolicy proxy(List<Row> rows, List<String> editionsNewestFirst) {
        return rows.stream()
                .filter(r -> r.proxy() != ProxyPolicy.UNSTATED)
                .min(Comparator.comparing(Row::isWildcard).thenComparing(r -> editionsNewestFirst.indexOf(r.edition())))
                .map(Row::proxy)
                .orElse(ProxyPolicy.UNSTATED);
    }
}
