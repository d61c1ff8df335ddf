package dev.plumbline.collector.listing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Something of a row by which rows are filtered and put in order.
 *
 * @param words what a value may be, where only some words may; else empty
 * @param values what a row has of it, as text; none, one or several. Times are in ISO 8601
 */
public record Column<T>(String name, Kind kind, List<String> words, Function<T, List<String>> values) {
    /** What is compared. */
    public enum Kind {
        TEXT,
        /** Several texts. */
        TEXTS,
        FLAG,
        NUMBER,
        TIME
    }

    private static final List<String> FLAGS = List.of("true", "false");

    public Column {
        words = List.copyOf(words);
    }

    public static <T> Column<T> text(String name, Function<T, String> value) {
        return new Column<>(name, Kind.TEXT, List.of(), row -> List.of(value.apply(row)));
    }

    /** A text that is one of some words; their case makes no difference. */
    public static <T> Column<T> word(String name, List<String> words, Function<T, String> value) {
        return new Column<>(name, Kind.TEXT, words, row -> List.of(value.apply(row)));
    }

    public static <T> Column<T> texts(String name, Function<T, List<String>> values) {
        return new Column<>(name, Kind.TEXTS, List.of(), values);
    }

    public static <T> Column<T> flag(String name, Function<T, Boolean> value) {
        return new Column<>(
                name, Kind.FLAG, FLAGS, row -> List.of(value.apply(row).toString()));
    }

    public static <T> Column<T> number(String name, Function<T, Long> value) {
        return new Column<>(
                name, Kind.NUMBER, List.of(), row -> List.of(value.apply(row).toString()));
    }

    /** @param values the time, or none */
    public static <T> Column<T> time(String name, Function<T, List<Instant>> values) {
        return new Column<>(
                name,
                Kind.TIME,
                List.of(),
                row -> values.apply(row).stream().map(Instant::toString).toList());
    }

    /** Rows that have none of it come first. */
    Comparator<T> order() {
        Comparator<String> order = switch (kind) {
            case TEXT, TEXTS, FLAG -> Comparator.naturalOrder();
            case NUMBER -> Comparator.comparingLong(Long::parseLong);
            case TIME -> Comparator.comparing(Instant::parse);
        };
        Comparator<List<String>> noneFirst = Comparator.comparing(List::isEmpty, Comparator.reverseOrder());
        return Comparator.comparing(
                values, noneFirst.thenComparing((a, b) -> a.isEmpty() ? 0 : order.compare(a.get(0), b.get(0))));
    }

    /** A date alone is its first moment in UTC. */
    static Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time; write 2026-11-01 or 2026-11-01T10:00:00Z", e);
        }
    }

    /**
     * The value as it is compared.
     *
     * @throws IllegalArgumentException with a sentence when there is no such value
     */
    String checked(String value) {
        if (!words.isEmpty()) {
            return words.stream()
                    .filter(w -> w.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + value + "' is no " + name + "; write one of " + String.join(", ", words)));
        }
        return switch (kind) {
            case TEXT, TEXTS, FLAG -> value;
            case NUMBER -> number(value);
            case TIME -> time(value).toString();
        };
    }

    private static String number(String value) {
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is no whole number; write one such as 5223", e);
        }
    }
}
