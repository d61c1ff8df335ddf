package dev.plumbline.collector.web;

import dev.plumbline.collector.query.Facts.Latency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Latencies as curves over one time axis: the median of each round, or of some rounds together where there are many. Pure.
 *
 * @param seconds of the epoch, ascending
 */
record Curves(List<Long> seconds, List<Curve> curves) {
    /** More are not told apart on a screen. */
    private static final int MOST_POINTS = 480;

    /** More are not told apart by their colours. */
    private static final int MOST_CURVES = 10;

    Curves {
        seconds = List.copyOf(seconds);
        curves = List.copyOf(curves);
    }

    /** @param millis empty where nothing was measured */
    record Curve(String name, List<OptionalDouble> millis) {
        Curve {
            millis = List.copyOf(millis);
        }
    }

    static Curves byName(List<Latency> latencies, Function<Latency, String> name) {
        TreeSet<Long> rounds = new TreeSet<>();
        latencies.forEach(l -> rounds.add(l.at().getEpochSecond()));
        if (rounds.isEmpty()) {
            return new Curves(List.of(), List.of());
        }
        long span = rounds.last() - rounds.first() + 1;
        long together = rounds.size() <= MOST_POINTS ? 1 : (span + MOST_POINTS - 1) / MOST_POINTS;
        Map<String, Map<Long, List<Long>>> all = new TreeMap<>();
        TreeSet<Long> seconds = new TreeSet<>();
        for (Latency latency : latencies) {
            long second = latency.at().getEpochSecond() / together * together;
            seconds.add(second);
            all.computeIfAbsent(name.apply(latency), n -> new HashMap<>())
                    .computeIfAbsent(second, s -> new ArrayList<>())
                    .add(latency.micros());
        }
        List<Curve> curves = all.entrySet().stream()
                .sorted(Comparator.comparing(e -> -count(e.getValue())))
                .limit(MOST_CURVES)
                .map(e -> new Curve(
                        e.getKey(),
                        seconds.stream().map(s -> median(e.getValue(), s)).toList()))
                .sorted(Comparator.comparing(Curve::name))
                .toList();
        return new Curves(List.copyOf(seconds), curves);
    }

    private static int count(Map<Long, List<Long>> points) {
        return points.values().stream().mapToInt(List::size).sum();
    }

    private static OptionalDouble median(Map<Long, List<Long>> points, long second) {
        if (!points.containsKey(second)) {
            return OptionalDouble.empty();
        }
        List<Long> micros = new ArrayList<>(Objects.requireNonNull(points.get(second)));
        Collections.sort(micros);
        return OptionalDouble.of(micros.get(micros.size() / 2) / 100 / 10.0);
    }
}
