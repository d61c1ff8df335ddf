package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cell for each target that a segment probed: its state, and what made it so. */
final class CellWriter {
    private final long round;
    private final Duties duties;

    CellWriter(long round, Duties duties) {
        this.round = round;
        this.duties = duties;
    }

    /** Cells of one segment; findings are those of the segment, of the site and of Apple. */
    List<Cell> write(SegmentReading reading, List<Finding> findings, Map<TargetId, List<RuleTrace>> traces) {
        List<Finding> here = findings.stream()
                .filter(f -> f.place().concerns(reading.segment().id()))
                .filter(f -> switch (f.mechanism()) {
                    // What they speak of fails by nothing of theirs.
                    case PROXY_OFFERED, OUTBOUND_OPEN, CLOCK_WRONG -> false;
                    default -> true;
                })
                .toList();
        List<Cell> cells = new ArrayList<>();
        for (TargetReading target : reading.all()) {
            TargetId id = target.target().id();
            Optional<Finding> cause = cause(target, here);
            State state = cause.map(f -> state(f.mechanism())).orElseGet(() -> alone(target));
            cells.add(new Cell(
                            reading.segment().id(),
                            id,
                            duties.owes(reading.segment().id(), id),
                            state,
                            cause.map(Finding::sentence).orElseGet(() -> because(target)),
                            target.result() == TargetReading.Result.SOFT,
                            round,
                            target.observedAt(),
                            addresses(target),
                            target.latency(),
                            target.timeline(),
                            traces.getOrDefault(id, List.of()))
                    .with(Sights.of(target, reading.holds())));
        }
        return cells;
    }

    private static List<String> addresses(TargetReading target) {
        List<String> all = new ArrayList<>(target.points().size());
        for (PointReading point : target.points()) {
            point.point().address().ifPresent(all::add);
        }
        return all;
    }

    /** @param findings that may be why a cell is as it is */
    private static Optional<Finding> cause(TargetReading target, List<Finding> findings) {
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        boolean failing = target.any(PointReading::failed) && target.target().probe() != ProbeKind.NAME_ABSENT;
        boolean nothingWorks = failing && !target.any(PointReading::proved);
        return findings.stream()
                .filter(f -> failing ? !f.mechanism().isOfAge() : f.mechanism().letsPass())
                .filter(f -> f.explains(target.target().id())
                        || (failing && target.any(p -> p.failed() && f.scope().matches(p.point()))))
                .min(Comparator.comparingInt((Finding f) -> rank(f.mechanism(), failing))
                        .thenComparing(f -> f.severity() == Severity.NOTE)
                        // What stops some addresses is not all of why none works.
                        .thenComparing(f -> nothingWorks && state(f.mechanism()) == State.IMPAIRED));
    }

    /**
     * That the only way out opens TLS says more than that there is one way out. What fails is explained by what lets pass only
     * where nothing else explains it.
     */
    private static int rank(Mechanism mechanism, boolean failing) {
        return mechanism == Mechanism.PROXY_INTERCEPTS ? 0 : failing && mechanism.meetsWhatWorks() ? 2 : 1;
    }

    private static State state(Mechanism mechanism) {
        return switch (mechanism) {
            case DNS_NXDOMAIN,
                    DNS_REFUSED,
                    DNS_SERVFAIL,
                    DNS_SILENT,
                    DNS_TRUNCATED,
                    DNS_SINKHOLE,
                    DNS_HIJACK,
                    TCP_DROP,
                    TCP_RESET,
                    TCP_PROHIBITED,
                    TLS_RESET_ON_NAME,
                    TLS_CLOSED_ON_NAME,
                    TLS_STALLED,
                    HTTP_BLOCK_PAGE,
                    PORTAL_CAPTIVE,
                    PROXY_REQUIRED,
                    PROXY_AUTH_REQUIRED,
                    UDP_SILENT,
                    UPSTREAM_BLOCKED -> State.BLOCKED;
            case TLS_INTERCEPTED, PROXY_INTERCEPTS -> State.INTERCEPTED;
            case TCP_PROXIED, HTTP_PROXIED -> State.PROXIED;
            case TCP_PARTIAL,
                    TLS_VERSION_BROKEN,
                    PATH_MTU,
                    IPV6_BROKEN,
                    HOLD_REAPED_SILENT,
                    HOLD_REAPED_RESET,
                    HOLD_REAPED_CLOSED,
                    INBOUND_OPEN,
                    OUTBOUND_OPEN,
                    MDM_CERTIFICATE,
                    MDM_NAME,
                    MDM_TOKEN_MISSING,
                    QUALITY_LOSS,
                    QUALITY_SLOW,
                    DNS_SLOW,
                    PROXY_OFFERED -> State.IMPAIRED;
            case SEGMENT_OFFLINE, APPLE_DOWN -> State.DOWN;
            case AGENT_UNFIT, AGENT_DISPLACED, AGENT_DIFFERS, CLOCK_WRONG, CATALOG_FAULT -> State.INSUFFICIENT;
        };
    }

    /** State of a target that no finding explains. */
    private static State alone(TargetReading target) {
        if (target.isRefused()) {
            return State.INSUFFICIENT;
        }
        if (target.target().probe() == ProbeKind.NAME_ABSENT) {
            return target.any(p -> p.symptom() == Symptom.UNEXPECTED_NAME) ? State.IMPAIRED : State.OK;
        }
        if (target.target().probe() == ProbeKind.NAME_TEXT) {
            return target.any(PointReading::proved) ? State.OK : State.OPTIONAL_OFF;
        }
        if (target.target().obligation() == Obligation.OPTIONAL_BY_POLICY && shutCleanly(target)) {
            return State.OPTIONAL_OFF;
        }
        return switch (target.result()) {
            case PASS -> State.OK;
            case PARTIAL, SOFT -> State.IMPAIRED;
            case FAIL, NOTHING -> State.INSUFFICIENT;
        };
    }

    /** A negative answer of the resolver, as Apple's documents describe it. */
    private static boolean shutCleanly(TargetReading target) {
        return !target.points().isEmpty()
                && target.points().stream().allMatch(p -> switch (p.symptom()) {
                    case DNS_NXDOMAIN, DNS_NO_DATA, DNS_REFUSED -> true;
                    default -> false;
                });
    }

    private static String because(TargetReading target) {
        for (PointReading point : target.points()) {
            if (point.failed() || point.proved()) {
                return point.said();
            }
        }
        return target.points().isEmpty()
                ? "nothing was seen"
                : target.points().get(0).said();
    }
}
