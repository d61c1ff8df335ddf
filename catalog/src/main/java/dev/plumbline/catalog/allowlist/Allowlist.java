package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a segment has to reach: the rows of the edition in force that its roles, services and platforms ask for.
 *
 * @param place the segment's id
 * @param edition id of the edition
 * @param source what the edition is, for comments
 * @param from the segment's blocks; empty = every source
 * @param passes by host and port, each once
 * @param optional those that an administrator may leave out; in none of the others
 * @param addresses blocks of hosts outside Apple's network, as somebody gave them
 */
public record Allowlist(
        String place,
        String edition,
        String source,
        List<Block> from,
        List<Pass> passes,
        List<Pass> optional,
        Map<String, List<Block>> addresses) {
    public Allowlist {
        from = List.copyOf(from);
        passes = List.copyOf(passes);
        optional = List.copyOf(optional);
        addresses = Map.copyOf(addresses);
    }

    /**
     * @param withOptional whether what an administrator may leave out is let out as well
     */
    public static Allowlist of(
            Catalog catalog, Site site, Segment segment, boolean withOptional, Map<String, List<Block>> addresses) {
        List<Target> owed = catalog.targets().stream()
                .filter(t -> Planner.required(t, site, segment) || (withOptional && Planner.optional(t, site, segment)))
                .toList();
        List<Target> left = withOptional
                ? List.of()
                : catalog.targets().stream()
                        .filter(t -> Planner.optional(t, site, segment))
                        .toList();
        List<Pass> passes = passes(owed, catalog, site.edition());
        return new Allowlist(
                segment.id().value(),
                site.edition(),
                catalog.edition(site.edition()).map(e -> e.source()).orElse(""),
                segment.cidrs().stream().map(Block::around).toList(),
                passes,
                passes(left, catalog, site.edition()).stream()
                        .filter(p -> passes.stream().noneMatch(o -> o.said().equals(p.said())))
                        .toList(),
                addresses);
    }

    private static List<Pass> passes(List<Target> targets, Catalog catalog, String edition) {
        Map<RowRef, List<Row>> printed = new LinkedHashMap<>();
        catalog.rows(edition)
                .forEach(r ->
                        printed.computeIfAbsent(r.ref(), x -> new ArrayList<>()).add(r));
        Map<String, Pass> passes = new TreeMap<>();
        for (Target target : targets) {
            List<Row> rows = target.sources().stream()
                    .flatMap(ref -> printed.getOrDefault(ref, List.of()).stream())
                    .toList();
            rows.forEach(row -> add(passes, new Pass(row.host(), target.transport(), row.port(), List.of(row))));
            if (rows.isEmpty()) {
                target.hosts()
                        .forEach(host -> add(
                                passes,
                                new Pass(host.toLowerCase(Locale.ROOT), target.transport(), target.port(), List.of())));
            }
        }
        return passes.values().stream()
                .sorted(Comparator.comparing(Pass::host)
                        .thenComparing(p -> p.transport().word())
                        .thenComparing(Pass::port))
                .toList();
    }

    private static void add(Map<String, Pass> passes, Pass pass) {
        passes.merge(pass.said(), pass, (a, b) -> {
            List<Row> rows = new ArrayList<>(a.rows());
            b.rows().stream().filter(r -> !rows.contains(r)).forEach(rows::add);
            return new Pass(a.host(), a.transport(), a.port(), rows);
        });
    }

    /** A word for objects that the lines declare. */
    String tag() {
        String word = place.replaceAll("[^A-Za-z0-9]", "_");
        // A chain of iptables has 28 characters at most.
        return "plumbline_"
                + (word.length() <= 14 ? word : word.substring(0, 9) + Integer.toHexString(word.hashCode() & 0xffff));
    }

    /** The segment declares addresses, and none of this family: nobody there has any. */
    boolean isWithout(Family family) {
        return !from.isEmpty() && family.of(from).isEmpty();
    }
}
