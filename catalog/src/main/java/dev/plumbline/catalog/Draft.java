package dev.plumbline.catalog;

import dev.plumbline.catalog.expectation.TrustAnchors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A catalog while it is read and changed by overlays. */
final class Draft {
    final List<Edition> editions = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();
    final Map<String, Target> targets = new LinkedHashMap<>();
    TrustAnchors anchors = TrustAnchors.NONE;

    /** Adds what the catalog file says, with the rows that the target serves. */
    void add(TargetRow entry) {
        List<Row> served = Coverage.rowsOf(entry, rows).stream()
                .filter(r -> inForce(entry.target(), r))
                .toList();
        List<String> newestFirst =
                new ArrayList<>(editions.stream().map(Edition::id).toList());
        Collections.reverse(newestFirst);
        Target t = entry.target();
        targets.put(
                t.id().value(),
                t.serving(
                        Coverage.proxy(served, newestFirst),
                        served.stream().map(Row::ref).toList()));
    }

    /** A wildcard of a newer edition does not ask for a host that was gone by then. */
    private boolean inForce(Target target, Row row) {
        return target.retiredOn().isEmpty()
                || editions.stream()
                        .filter(e -> e.id().equals(row.edition()))
                        .noneMatch(
                                e -> e.date().compareTo(target.retiredOn().get().toString()) > 0);
    }

    Catalog finish() {
        return new Catalog(editions, rows, List.copyOf(targets.values()), anchors);
    }
}
