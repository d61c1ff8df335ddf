package dev.plumbline.collector.web;

import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Segment;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /compare?a=guest&b=guest@2026-11-01}: what differs, in the words of {@code plumbline compare}. */
final class ComparePage implements Page {
    private static final String EDITION = "edition:";

    @Override
    public Shown of(Visit visit) {
        String a = visit.parameter("a");
        String b = visit.parameter("b");
        Optional<CompareSegmentsResponse> compared = a.isEmpty() && b.isEmpty()
                ? Optional.empty()
                : Optional.of(visit.ask(
                        QueryServiceGrpc.getCompareSegmentsMethod(),
                        CompareSegmentsRequest.newBuilder()
                                .setA(side("a", a, visit.now()))
                                .setB(side("b", b, visit.now()))
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

    /** @throws io.grpc.StatusRuntimeException with what may be written */
    static ComparedSide side(String field, String text, Instant now) {
        if (text.startsWith(EDITION)) {
            return ComparedSide.newBuilder()
                    .setEdition(text.substring(EDITION.length()))
                    .build();
        }
        int sign = text.indexOf('@');
        String segment = sign < 0 ? text : text.substring(0, sign);
        if (segment.isEmpty()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(field + ": '" + text
                            + "' names no side; write a segment such as guest, guest@2026-11-01, guest@2h, reference, or"
                            + " edition:plumbline-2026")
                    .asRuntimeException();
        }
        ComparedSide.Builder side = ComparedSide.newBuilder().setSegment(segment);
        String time = sign < 0 ? "now" : text.substring(sign + 1);
        if (!time.equals("now")) {
            side.setAt(Moment.timestamp(Moment.parse(field, time, now)));
        }
        return side.build();
    }
}
