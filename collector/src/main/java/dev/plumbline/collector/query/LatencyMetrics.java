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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final Map<SegmentId, Looks> looks = new HashMap<>();
    private final Map<TargetId, String> services = new HashMap<>();

    private record Key(SegmentId segment, String service) {}

    /** What the rounds of one segment are counted in: looked up once for all its cells, of which a site has some ten thousand. */
    private final class Looks {
        private final SegmentId segment;
        private final Map<TargetId, Spans> spans = new HashMap<>();
        private final Map<TargetId, Instant> observed = new HashMap<>();
        private final Map<State, Long> counts = new EnumMap<>(State.class);
        private long latest = Long.MIN_VALUE;

        Looks(SegmentId segment) {
            this.segment = segment;
        }

        void take(Cell cell) {
            counts.merge(cell.state(), 1L, Long::sum);
            if (isNew(cell) && !cell.latency().isZero()) {
                spans.computeIfAbsent(cell.target(), this::spans).add(cell.latency());
            }
        }

        /** A fact that an agent uses again, since it is too soon for another one, keeps its time: it was measured once. */
        private boolean isNew(Cell cell) {
            Instant before = observed.get(cell.target());
            if (before != null && !cell.observedAt().isAfter(before)) {
                return false;
            }
            observed.put(cell.target(), cell.observedAt());
            return true;
        }

        private Spans spans(TargetId target) {
            return latencies.computeIfAbsent(new Key(segment, service(target)), k -> Spans.ofNetwork());
        }

        void close(long round) {
            states.put(segment, Map.copyOf(counts));
            counts.clear();
            latest = round;
        }
    }

    /** @param silent segments that nobody looks at now */
    public LatencyMetrics(Supplier<Declared> inForce, Supplier<Set<SegmentId>> silent) {
        this.inForce = inForce;
        this.silent = silent;
    }

    @Override
    public void closed(long round, Optional<RoundVerdict> verdict) {
        verdict.ifPresent(v -> take(round, v));
    }

    private void take(long round, RoundVerdict verdict) {
        Map<SegmentId, Optional<Looks>> now = new HashMap<>();
        @Nullable SegmentId segment = null;
        Optional<Looks> current = Optional.empty();
        for (Cell cell : verdict.cells()) {
            if (!cell.segment().equals(segment)) {
                segment = cell.segment();
                current = now.computeIfAbsent(segment, s -> news(s, round, verdict));
            }
            current.ifPresent(l -> l.take(cell));
        }
        now.values().forEach(told -> told.ifPresent(l -> l.close(round)));
    }

    /** Empty where the round says nothing new of what was measured: it is judged again, or an older one. */
    private Optional<Looks> news(SegmentId segment, long round, RoundVerdict verdict) {
        return Optional.of(looks.computeIfAbsent(segment, Looks::new))
                .filter(l -> verdict.heard().contains(segment) && round > l.latest);
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
        Set<SegmentId> declared =
                inForce.get().site().segments().stream().map(s -> s.id()).collect(Collectors.toSet());
        latencies.keySet().removeIf(k -> !declared.contains(k.segment()));
        states.keySet().removeIf(s -> !declared.contains(s));
        looks.keySet().removeIf(s -> !declared.contains(s));
        // A target may serve something else now.
        services.clear();
        looks.values().forEach(l -> l.spans.clear());
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
