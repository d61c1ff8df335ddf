package dev.plumbline.collector.web;

import dev.plumbline.v1.Finding;
import java.util.List;
import java.util.Map;

/** {@code /findings}: those that are open, or all, of one place, or by a filter. */
final class FindingsPage implements Page {
    private static final int MOST = 500;

    @Override
    public Shown of(Visit visit) {
        String place = visit.parameter("place");
        String filter = visit.parameter("filter");
        boolean withClosed = visit.parameter("all").equals("yes");
        List<Finding> findings = Worst.first(Lists.findings(visit, place, withClosed, filter));
        return new Shown(
                "Findings",
                "/findings",
                "findings",
                true,
                Map.of(
                        "findings",
                        findings.stream().limit(MOST).toList(),
                        "total",
                        findings.size(),
                        "place",
                        place,
                        "filter",
                        filter,
                        "withClosed",
                        withClosed,
                        "self",
                        visit.path()));
    }
}
