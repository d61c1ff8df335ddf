package dev.plumbline.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects what sources tell. Names follow Prometheus: base units at the end, {@code _total} for what only grows; labels are
 * pairs of a name and a value, and each value is one of few. A help is that of whoever tells first. For one thread.
 */
public final class Families {
    private static final String TOTAL = "_total";

    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

    /** What goes up and down. */
    public void gauge(String name, String help, double value, String... labels) {
        gauges.computeIfAbsent(name, n -> GaugeSnapshot.builder().name(n).help(help))
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    /** The same of a whole number. */
    public void gauge(String name, String help, long value, String... labels) {
        gauge(name, help, (double) value, labels);
    }

    /** 1 where it is so, 0 where it is not. */
    public void flag(String name, String help, boolean isSo, String... labels) {
        gauge(name, help, isSo ? 1.0 : 0.0, labels);
    }

    /** A time in seconds since 1970: how long ago it was, or how long it lasts, whoever asks computes. */
    public void moment(String name, String help, Instant at, String... labels) {
        gauge(name, help, at.toEpochMilli() / 1e3, labels);
    }

    /**
     * What only grows.
     *
     * @param name ends in {@code _total}
     */
    public void counter(String name, String help, long value, String... labels) {
        if (!name.endsWith(TOTAL)) {
            throw new IllegalArgumentException("a counter's name ends in " + TOTAL + ", unlike " + name);
        }
        String family = name.substring(0, name.length() - TOTAL.length());
        counters.computeIfAbsent(family, n -> CounterSnapshot.builder().name(n).help(help))
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value((double) value)
                        .labels(Labels.of(labels))
                        .build());
    }

    /** Durations, in seconds. */
    public void histogram(String name, String help, Spans spans, String... labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < spans.size(); i++) {
            buckets.bucket(spans.bound(i), spans.count(i));
        }
        histograms
                .computeIfAbsent(name, n -> HistogramSnapshot.builder().name(n).help(help))
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(spans.sumSeconds())
                        .labels(Labels.of(labels))
                        .build());
    }

    /** @param unusable is told of a family that contradicts itself, which is left out */
    List<MetricSnapshot> snapshots(Consumer<RuntimeException> unusable) {
        List<MetricSnapshot.Builder<?>> builders = new ArrayList<>();
        builders.addAll(gauges.values());
        builders.addAll(counters.values());
        builders.addAll(histograms.values());
        List<MetricSnapshot> all = new ArrayList<>();
        for (MetricSnapshot.Builder<?> builder : builders) {
            try {
                all.add(builder.build());
            } catch (IllegalArgumentException e) {
                unusable.accept(e);
            }
        }
        return all;
    }
}
