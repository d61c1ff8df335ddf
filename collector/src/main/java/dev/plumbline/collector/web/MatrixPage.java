package dev.plumbline.collector.web;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** {@code /}: every segment against every service, or every target, under what is wrong. */
final class MatrixPage implements Page {
    /** Above the matrix; the list of findings has the rest. */
    private static final int SENTENCES = 12;

    @Override
    public Shown of(Visit visit) {
        Optional<Instant> at = visit.at();
        ListSegmentsRequest.Builder asked = ListSegmentsRequest.newBuilder();
        at.map(Moment::timestamp).ifPresent(asked::setAt);
        ListSegmentsResponse segments = visit.ask(QueryServiceGrpc.getListSegmentsMethod(), asked.build());
        List<Cell> cells = Lists.cells(visit, "");
        List<Finding> findings = Worst.first(Lists.findings(visit, "", false, ""));
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
                                ? Grid.byTarget(segments.getSegmentsList(), cells, service)
                                : Grid.byService(segments.getSegmentsList(), cells),
                        "findings",
                        findings.stream().limit(SENTENCES).toList(),
                        "more",
                        Math.max(0, findings.size() - SENTENCES),
                        "edition",
                        segments.getEdition(),
                        "services",
                        List.copyOf(services),
                        "service",
                        service,
                        "self",
                        visit.path()));
    }
}
