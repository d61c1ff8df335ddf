package dev.plumbline.deploy.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How often each mechanism was found when another, or the same, or none was expected. */
final class ConfusionMatrix {
    /** Stands for no finding; sorts before every mechanism. */
    static final String NONE = "-";

    private static final int LABEL = 24;
    private static final int CELL = 4;
    private static final int COLUMNS = (120 - LABEL) / CELL;

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    void add(Comparison comparison) {
        for (Comparison.Pair pair : comparison.pairs()) {
            counts.computeIfAbsent(mechanism(pair.expected()), k -> new TreeMap<>())
                    .merge(mechanism(pair.found()), 1, Integer::sum);
        }
    }

    int count(String expected, String found) {
        return counts.getOrDefault(expected, Map.of()).getOrDefault(found, 0);
    }

    /** Lines of at most 120 characters; more columns than fit go into further tables. */
    List<String> lines() {
        TreeSet<String> names = new TreeSet<>(counts.keySet());
        counts.values().forEach(row -> names.addAll(row.keySet()));
        List<String> mechanisms = List.copyOf(names);
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < mechanisms.size(); from += COLUMNS) {
            int to = Math.min(from + COLUMNS, mechanisms.size());
            lines.addAll(block(mechanisms, from, to));
        }
        return lines;
    }

    private List<String> block(List<String> mechanisms, int from, int to) {
        List<String> lines = new ArrayList<>();
        lines.add(pad("expected \\ found")
                + IntStream.range(from, to).mapToObj(i -> cell(i + 1)).collect(Collectors.joining()));
        for (int row = 0; row < mechanisms.size(); row++) {
            String expected = mechanisms.get(row);
            lines.add(pad(String.format("%2d %s", row + 1, expected.equals(NONE) ? "none" : expected))
                    + IntStream.range(from, to)
                            .mapToObj(i -> cell(count(expected, mechanisms.get(i))))
                            .collect(Collectors.joining()));
        }
        return lines;
    }

    private static String mechanism(Optional<Claim> claim) {
        return claim.map(Claim::mechanism).orElse(NONE);
    }

    private static String pad(String label) {
        return String.format("%-" + LABEL + "s", label);
    }

    private static String cell(int number) {
        return String.format("%" + CELL + "s", number == 0 ? "." : Integer.toString(number));
    }
}
