package dev.plumbline.collector.web;

import dev.plumbline.collector.query.Overview;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code /}: every segment against every service, or every target, under what is wrong. */
final class MatrixPage implements Page {
    /** Above the matrix; the list of findings has the rest. */
    private static final int SENTENCES = 12;

    @Override
    public Shown of(Visit visit) {
        Overview site = visit.rpcs().overview(visit.asker(), Lists.at(visit));
        List<Cell> cells = site.cells();
        List<Finding> findings = Worst.first(site.findings());
        String service = visit.parameter("service");
        boolean isByTarget = !service.isEmpty() || visit.parameter("by").equals("targets");
        TreeSet<String> services = new TreeSet<>();
        cells.forEach(c -> services.add(Grid.service(c)));
        return new Shown(
                "Matrix",
                "/",
                "matrix",
                true,
                Map.of(
                        "grid",
                        isByTarget
                                ? Grid.byTarget(site.segments(), cells, service)
                                : Grid.byService(site.segments(), cells),
                        "findings",
                        findings.stream().limit(SENTENCES).toList(),
                        "more",
                        Math.max(0, findings.size() - SENTENCES),
                        "edition",
                        site.edition(),
                        "services",
                        List.copyOf(services),
                        "service",
                        service,
                        "self",
                        visit.path()));
    }
}
