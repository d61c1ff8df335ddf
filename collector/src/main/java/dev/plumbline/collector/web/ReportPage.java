package dev.plumbline.collector.web;

import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.v1.Segment;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;

/** {@code /report}: the form that asks for the report of an audit. */
final class ReportPage implements Page {
    private static final Duration USUAL = Duration.ofDays(30);

    @Override
    public Shown of(Visit visit) {
        visit.require(ReportServiceGrpc.getGenerateReportMethod());
        return new Shown(
                "Report",
                "/report",
                "report",
                false,
                Map.of(
                        "segments",
                        visit
                                .ask(QueryServiceGrpc.getListSegmentsMethod(), ListSegmentsRequest.getDefaultInstance())
                                .getSegmentsList()
                                .stream()
                                .map(Segment::getId)
                                .toList(),
                        "from",
                        visit.now()
                                .minus(USUAL)
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .toString(),
                        "to",
                        visit.now()
                                .atZone(ZoneOffset.UTC)
                                .toLocalDateTime()
                                .withNano(0)
                                .toString()));
    }
}
