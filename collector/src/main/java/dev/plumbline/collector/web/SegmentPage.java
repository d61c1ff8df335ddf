package dev.plumbline.collector.web;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.GetSegmentRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Segment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code /segments/ID}: its answers, agents, targets, holds and latencies. */
final class SegmentPage implements Page {
    @Override
    public Shown of(Visit visit) {
        String id = visit.variable("segment");
        GetSegmentRequest.Builder asked = GetSegmentRequest.newBuilder().setSegment(id);
        Lists.at(visit).ifPresent(asked::setAt);
        Segment segment = visit.ask(QueryServiceGrpc.getGetSegmentMethod(), asked.build());
        List<Cell> all = Lists.cells(visit, id);
        String service = visit.parameter("service");
        List<Cell> cells = all.stream()
                .filter(c -> service.isEmpty() || Grid.service(c).equals(service))
                .sorted(Comparator.comparing((Cell c) -> !c.getRequired())
                        .thenComparing(c -> Mark.of(c.getState()))
                        .thenComparing(Cell::getTargetId))
                .toList();
        return new Shown(
                id,
                "/",
                "segment",
                true,
                Map.of(
                        "segment",
                        segment,
                        "cells",
                        cells,
                        "services",
                        all.stream().map(Grid::service).distinct().sorted().toList(),
                        "service",
                        service,
                        "findings",
                        Worst.first(Lists.findings(visit, id, false, "")),
                        "holds",
                        HoldPicture.of(all),
                        "self",
                        visit.path()));
    }
}
