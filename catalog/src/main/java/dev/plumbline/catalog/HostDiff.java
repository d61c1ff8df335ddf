package dev.plumbline.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What changed from one edition to another, host by host: a host whose port moved is one change, and not one lost and one won. */
public final class HostDiff {
    /** How a host changed. */
    public enum Kind {
        ADDED,
        DROPPED,
        /** Printed in both with other ports, whatever else changed. */
        PORTS_CHANGED,
        /** Printed in both with the same ports, and with another operating system or another word on proxies. */
        CHANGED
    }

    /**
     * One changed host.
     *
     * @param what its ports where it stands in one edition only, else what is another
     */
    public record Change(Kind kind, String host, String what) {}

    private HostDiff() {}

    /** Changes in the order of the newer print, then what was dropped. */
    public static List<Change> between(List<Row> before, List<Row> after) {
        Map<String, List<Row>> old = byHost(before);
        Map<String, List<Row>> now = byHost(after);
        List<Change> changes = new ArrayList<>();
        now.forEach((host, rows) -> {
            List<Row> was = old.get(host);
            if (was == null) {
                changes.add(new Change(Kind.ADDED, host, joined(ports(rows))));
            } else {
                changed(host, was, rows, changes);
            }
        });
        old.forEach((host, rows) -> {
            if (!now.containsKey(host)) {
                changes.add(new Change(Kind.DROPPED, host, joined(ports(rows))));
            }
        });
        return changes;
    }

    private static void changed(String host, List<Row> was, List<Row> is, List<Change> changes) {
        List<String> what = new ArrayList<>();
        boolean ports = !ports(was).equals(ports(is));
        if (ports) {
            what.add("ports " + joined(ports(was)) + " -> " + joined(ports(is)));
        }
        // What both print is compared pair by pair; ports that came or went have nothing to be compared with.
        Set<String> rest = new LinkedHashSet<>();
        EditionDiff.between(was, is).stream()
                .filter(c -> c.kind() == EditionDiff.Kind.CHANGED)
                .forEach(c -> rest.add(c.what()));
        what.addAll(rest);
        // Where no port is the same nothing was compared; the words on proxies are, all the same.
        if (Collections.disjoint(ports(was), ports(is)) && !proxies(was).equals(proxies(is))) {
            what.add("proxy " + joined(proxies(was)) + " -> " + joined(proxies(is)));
        }
        if (!what.isEmpty()) {
            changes.add(new Change(ports ? Kind.PORTS_CHANGED : Kind.CHANGED, host, String.join("; ", what)));
        }
    }

    private static Map<String, List<Row>> byHost(List<Row> rows) {
        return rows.stream().collect(Collectors.groupingBy(Row::host, LinkedHashMap::new, Collectors.toList()));
    }

    private static Set<String> ports(List<Row> rows) {
        return rows.stream()
                .sorted((a, b) -> Integer.compare(a.port(), b.port()))
                .map(r -> r.port() + "/" + r.protocol())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> proxies(List<Row> rows) {
        return rows.stream().map(r -> Words.of(r.proxy())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String joined(Collection<String> words) {
        return String.join(" ", words);
    }
}
