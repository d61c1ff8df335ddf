package dev.plumbline.collector.web;

import dev.plumbline.collector.typed.TypedSide;
import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /compare?a=guest&b=guest@2026-11-01}: what differs, in the words of {@code plumbline compare}. */
final class ComparePage implements Page {
    @Override
    public Shown of(Visit visit) {
        String a = visit.parameter("a");
        String b = visit.parameter("b");
        Optional<CompareSegmentsResponse> compared = a.isEmpty() && b.isEmpty()
                ? Optional.empty()
                : Optional.of(visit.ask(
                        QueryServiceGrpc.getCompareSegmentsMethod(),
                        CompareSegmentsRequest.newBuilder()
                                .setA(visit.typed("a", TypedSide::parse))
                                .setB(visit.typed("b", TypedSide::parse))
                                .build()));
        List<String> segments = visit
                .ask(QueryServiceGrpc.getListSegmentsMethod(), ListSegmentsRequest.getDefaultInstance())
                .getSegmentsList()
                .stream()
                .map(Segment::getId)
                .toList();
        return new Shown(
                "Compare",
                "/compare",
                "compare",
                false,
                Map.of("a", a, "b", b, "segments", segments, "compared", compared));
    }
}
