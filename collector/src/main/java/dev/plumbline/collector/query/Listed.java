package dev.plumbline.collector.query;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.listing.Column;
import dev.plumbline.collector.listing.Columns;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** By what segments, cells and findings are filtered and put in order; the names are the contract's. */
final class Listed {
    static final Columns<Segment> SEGMENTS = Columns.of(
            "segment",
            Segment::getId,
            List.of(
                    Column.text("id", Segment::getId),
                    Column.text("display_name", Segment::getDisplayName),
                    Column.text("kind", Segment::getKind),
                    Column.texts("roles", Segment::getRolesList),
                    Column.texts("cidrs", Segment::getCidrsList),
                    Column.text("egress_group", Segment::getEgressGroup),
                    Column.number("open_violations", s -> (long) s.getOpenViolations()),
                    Column.number("open_faults", s -> (long) s.getOpenFaults()),
                    // Ids of its requirements, by what became of them.
                    Column.texts("met", s -> judged(s, Verdict.MET)),
                    Column.texts("broken", s -> judged(s, Verdict.BROKEN)),
                    Column.texts("insufficient", s -> judged(s, Verdict.INSUFFICIENT))));

    static final Columns<Cell> CELLS = Columns.of(
            "cell",
            c -> c.getSegment() + "/" + c.getTargetId(),
            List.of(
                    Column.text("segment", Cell::getSegment),
                    Column.text("target_id", Cell::getTargetId),
                    Column.text("service", Cell::getService),
                    Column.word("state", names(State.values()), Cell::getState),
                    Column.text("because", Cell::getBecause),
                    Column.flag("required", Cell::getRequired),
                    Column.flag("soft", Cell::getSoft),
                    Column.number("round", Cell::getRound),
                    Column.time("observed_at", c -> time(c.hasObservedAt(), c.getObservedAt())),
                    Column.text("host", Cell::getHost),
                    Column.number("port", c -> (long) c.getPort()),
                    Column.text("transport", Cell::getTransport),
                    Column.text("server_name", Cell::getServerName),
                    Column.texts("addresses", Cell::getAddressesList),
                    Column.number("latency_micros", Cell::getLatencyMicros)));

    /** {@code segment} is the place, {@code cause} the mechanism and {@code target} one of the targets, as people call them. */
    static final Columns<Finding> FINDINGS = Columns.of(
            "finding",
            Finding::getId,
            List.of(
                    Column.text("id", Finding::getId),
                    Column.text("place", Finding::getPlace),
                    Column.text("segment", Finding::getPlace),
                    Column.word("state", List.of("OPEN", "CLOSED"), f -> f.hasClosedAt() ? "CLOSED" : "OPEN"),
                    Column.text("mechanism", Finding::getMechanism),
                    Column.text("cause", Finding::getMechanism),
                    Column.text("scope", Finding::getScope),
                    Column.word(
                            "severity",
                            names(Severity.values()).stream()
                                    .map(s -> s.toLowerCase(Locale.ROOT))
                                    .toList(),
                            Finding::getSeverity),
                    Column.texts("target_ids", Finding::getTargetIdsList),
                    Column.texts("target", Finding::getTargetIdsList),
                    Column.text("sentence", Finding::getSentence),
                    Column.time("opened_at", f -> time(f.hasOpenedAt(), f.getOpenedAt())),
                    Column.time("closed_at", f -> time(f.hasClosedAt(), f.getClosedAt())),
                    Column.time("reopened_at", f -> time(f.hasReopenedAt(), f.getReopenedAt())),
                    Column.number("times_reopened", f -> (long) f.getTimesReopened()),
                    Column.number("round", Finding::getRound),
                    Column.flag("flapping", Finding::getFlapping),
                    Column.text("excuse", Finding::getExcuse)),
            List.of("state", "severity", "place", "opened_at"));

    private Listed() {}

    private static List<String> judged(Segment segment, Verdict verdict) {
        return segment.getRequirementsList().stream()
                .filter(r -> r.getVerdict().equals(verdict.name()))
                .map(Requirement::getId)
                .toList();
    }

    private static List<String> names(Enum<?>[] words) {
        return Arrays.stream(words).map(Enum::name).toList();
    }

    private static List<Instant> time(boolean isTold, Timestamp at) {
        return isTold ? List.of(VerdictMessages.instant(at)) : List.of();
    }
}
