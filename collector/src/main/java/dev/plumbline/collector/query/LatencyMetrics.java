package dev.plumbline.collector.query;

import dev.plumbline.catalog.Words;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.metrics.Spans;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What each judged round shows of latencies and states. A histogram for each segment and service: a site of 200 segments and 150
 * targets has 30,000 cells, each of which would be some ten series that hardly anybody looks at; a service is the smallest thing that
 * somebody is responsible for, its targets can be told apart by {@code plumbline explain}, and buckets, unlike quantiles, can be
 * added up. Hears on the judge's thread, tells on any.
 */
public final class LatencyMetrics implements RoundListener, MetricSource {
    private final Supplier<Declared> inForce;
    private final Supplier<Set<SegmentId>> silent;
    private final Map<Key, Spans> latencies = new ConcurrentHashMap<>();
    private final Map<SegmentId, Map<State, Long>> states = new ConcurrentHashMap<>();
    // Of the judge's thread.
    private final Map<SegmentId, Long> latest = new HashMap<>();
    private final Map<SegmentId, Map<TargetId, Instant>> observed = new HashMap<>();
    private final Map<TargetId, String> services = new HashMap<>();

    private record Key(SegmentId segment, String service) {}

    /** @param silent segments that nobody looks at now */
    public LatencyMetrics(Supplier<Declared> inForce, Supplier<Set<SegmentId>> silent) {
        this.inForce = inForce;
        this.silent = silent;
    }

    @Override
    public void closed(long round, Optional<RoundVerdict> verdict) {
        verdict.ifPresent(v -> take(round, v));
    }

    /** A round that is judged again says nothing new of what was measured. */
    private void take(long round, RoundVerdict verdict) {
        Map<SegmentId, Map<State, Long>> now = new HashMap<>();
        for (Cell cell : verdict.cells()) {
            SegmentId segment = cell.segment();
            if (!verdict.heard().contains(segment) || round <= latest.getOrDefault(segment, Long.MIN_VALUE)) {
                continue;
            }
            now.computeIfAbsent(segment, s -> new HashMap<>()).merge(cell.state(), 1L, Long::sum);
            if (isNew(cell) && !cell.latency().isZero()) {
                latencies
                        .computeIfAbsent(new Key(segment, service(cell.target())), k -> Spans.ofNetwork())
                        .add(cell.latency());
            }
        }
        now.forEach((segment, counts) -> states.put(segment, Map.copyOf(counts)));
        now.keySet().forEach(segment -> latest.put(segment, round));
    }

    /** A fact that an agent uses again, since it is too soon for another one, keeps its time: it was measured once. */
    private boolean isNew(Cell cell) {
        Map<TargetId, Instant> times = observed.computeIfAbsent(cell.segment(), s -> new HashMap<>());
        Instant before = times.get(cell.target());
        if (before != null && !cell.observedAt().isAfter(before)) {
            return false;
        }
        times.put(cell.target(), cell.observedAt());
        return true;
    }

    private String service(TargetId target) {
        return services.computeIfAbsent(target, t -> {
            String service = inForce.get().service(t);
            return service.isEmpty() ? "none" : service;
        });
    }

    @Override
    public void failed(long round) {
        // Nothing was judged.
    }

    @Override
    public void turned() {
        services.clear();
        Set<SegmentId> declared =
                inForce.get().site().segments().stream().map(s -> s.id()).collect(Collectors.toSet());
        latencies.keySet().removeIf(k -> !declared.contains(k.segment()));
        states.keySet().removeIf(s -> !declared.contains(s));
        latest.keySet().removeIf(s -> !declared.contains(s));
        observed.keySet().removeIf(s -> !declared.contains(s));
    }

    @Override
    public void tell(Families families) {
        latencies.forEach((key, spans) -> families.histogram(
                "plumbline_target_latency_seconds",
                "Smallest time of connect plus handshake of each target in each round, since the collector's start.",
                spans,
                "segment",
                key.segment().value(),
                "service",
                key.service()));
        Set<SegmentId> unseen = silent.get();
        states.forEach((segment, counts) -> {
            if (!unseen.contains(segment)) {
                counts.forEach((state, count) -> targets(families, segment, state, count));
            }
        });
    }

    private static void targets(Families families, SegmentId segment, State state, long count) {
        families.gauge(
                "plumbline_targets",
                "Targets of the segment by their state in its latest round since the start; nothing while the segment is silent.",
                count,
                "segment",
                segment.value(),
                "state",
                Words.of(state));
    }
}
