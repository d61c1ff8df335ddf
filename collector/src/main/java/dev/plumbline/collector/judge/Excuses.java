package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.agreed.Waiver;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts what was agreed on what a round found: findings stay and say who answers for them, cells say so instead of what prevents
 * them. A waiver excuses what lies wholly within its scope; one that is over excuses nothing and is mentioned. Pure.
 */
final class Excuses {
    private final Agreements agreements;
    private final Instant at;
    private final Map<SegmentId, SegmentReading> readings;

    /** @param at the beginning of the round */
    Excuses(Agreements agreements, Instant at, List<SegmentReading> readings) {
        this.agreements = agreements;
        this.at = at;
        this.readings =
                readings.stream().collect(Collectors.toMap(r -> r.segment().id(), Function.identity()));
    }

    boolean isInMaintenance(SegmentId segment) {
        return agreements.maintenance(segment, at).isPresent();
    }

    /** What one segment alone asks and is told of the site is excused as what is told of that segment. */
    Finding of(Finding finding) {
        return finding.place()
                .segment()
                .or(() -> asker(finding))
                .map(s -> of(finding, s))
                .orElse(finding);
    }

    /** The one segment inside that asks what a cause at the site's edge meets; empty where several do, or the cause lies beyond. */
    private Optional<SegmentId> asker(Finding finding) {
        if (!finding.place().equals(Place.SITE)) {
            return Optional.empty();
        }
        List<SegmentId> askers = readings.values().stream()
                .filter(r -> !Elsewhere.isOutside(r)
                        && finding.targets().stream().anyMatch(t -> r.target(t).isPresent()))
                .map(r -> r.segment().id())
                .toList();
        return askers.size() == 1 ? Optional.of(askers.get(0)) : Optional.empty();
    }

    private Finding of(Finding finding, SegmentId segment) {
        Optional<Maintenance> work = agreements.maintenance(segment, at);
        if (work.isPresent()) {
            return finding.excused(
                    new Excuse(Excuse.Kind.MAINTENANCE, work.get().said()));
        }
        Optional<Waiver> waiver = covering(agreements.inForce(segment, at), finding, segment);
        if (waiver.isPresent()) {
            return finding.excused(new Excuse(Excuse.Kind.WAIVED, waiver.get().said()));
        }
        return covering(agreements.over(segment, at), finding, segment)
                .map(w -> finding.saying(w.saidOver()))
                .orElse(finding);
    }

    /** Each target lies within one of the waivers; the one that ends first is named. */
    private Optional<Waiver> covering(List<Waiver> waivers, Finding finding, SegmentId segment) {
        boolean whole = !finding.targets().isEmpty()
                && finding.targets().stream()
                        .map(t -> points(segment, t))
                        .allMatch(points -> waivers.stream().anyMatch(w -> w.covers(finding.mechanism(), points)));
        return whole
                ? waivers.stream()
                        .filter(w -> finding.targets().stream()
                                .anyMatch(t -> w.covers(finding.mechanism(), points(segment, t))))
                        .findFirst()
                : Optional.empty();
    }

    /** What works needs no excuse. */
    Cell of(Cell cell, List<Finding> findings) {
        return switch (cell.state()) {
            case OK, OPTIONAL_OFF, NOT_YET_RUN, MAINTENANCE, WAIVED -> cell;
            case BLOCKED, INTERCEPTED, PROXIED, IMPAIRED, DOWN, INSUFFICIENT, FLAPPING -> excused(cell, findings);
        };
    }

    private Cell excused(Cell cell, List<Finding> findings) {
        Optional<Maintenance> work = agreements.maintenance(cell.segment(), at);
        if (work.isPresent()) {
            return cell.with(State.MAINTENANCE, instead(work.get().said(), cell));
        }
        List<Waiver> waivers = agreements.inForce(cell.segment(), at);
        if (waivers.isEmpty()) {
            return cell;
        }
        List<Point> points = points(cell.segment(), cell.target());
        return waivers.stream()
                .filter(w -> w.covers(points))
                .filter(w -> w.mechanism()
                        .map(m -> isAllThatPrevents(m, cell, points, findings))
                        .orElse(true))
                .findFirst()
                .map(w -> cell.with(State.WAIVED, instead(w.said(), cell)))
                .orElse(cell);
    }

    /** It prevents the cell's target, and nothing else that was found does: only what somebody answers for is excused. */
    private boolean isAllThatPrevents(Mechanism mechanism, Cell cell, List<Point> points, List<Finding> findings) {
        List<Finding> here = findings.stream()
                .filter(f -> f.place()
                                .segment()
                                .or(() -> asker(f))
                                .filter(cell.segment()::equals)
                                .isPresent()
                        && f.severity() != Severity.NOTE)
                .toList();
        return here.stream()
                        .anyMatch(f -> f.mechanism() == mechanism
                                && (f.targets().contains(cell.target())
                                        || points.stream().anyMatch(f.scope()::matches)))
                && here.stream()
                        .noneMatch(
                                f -> f.mechanism() != mechanism && f.targets().contains(cell.target()));
    }

    private static String instead(String said, Cell cell) {
        return said + ". It would be " + cell.state() + ": " + cell.because();
    }

    /** Those that failed; all where none did, since what meets what works does not fail. */
    private List<Point> points(SegmentId segment, TargetId target) {
        List<PointReading> all = Optional.ofNullable(readings.get(segment))
                .flatMap(r -> r.anyTarget(target))
                .map(r -> r.points())
                .orElse(List.of());
        List<PointReading> failed = all.stream().filter(PointReading::failed).toList();
        return (failed.isEmpty() ? all : failed)
                .stream().map(PointReading::point).toList();
    }
}
