package dev.plumbline.collector.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads orders (AIP-132): names of fields with commas between, each with {@code desc} behind it where the greatest is first. */
final class Order {
    static final String FIELD = "order_by";
    private static final Pattern PART = Pattern.compile("\\s*([A-Za-z0-9_.]+)(\\s+(?i:asc|desc))?\\s*");

    private Order() {}

    /** Empty where the text is: the order that the list has. */
    static <T> Optional<Comparator<T>> parse(String text, Columns<T> columns) throws FieldViolation {
        Optional<Comparator<T>> order = Optional.empty();
        for (Part<T> part : parts(text, columns)) {
            Comparator<T> next = part.isDown()
                    ? part.column().order().reversed()
                    : part.column().order();
            order = Optional.of(order.map(first -> first.thenComparing(next)).orElse(next));
        }
        return order;
    }

    /** What decides where a row stands, beside its key. */
    static <T> List<Column<T>> columns(String text, Columns<T> columns) throws FieldViolation {
        List<Part<T>> parts = parts(text, columns);
        return parts.isEmpty()
                ? columns.usual().stream()
                        .flatMap(n -> columns.column(n).stream())
                        .toList()
                : parts.stream().map(Part::column).toList();
    }

    private record Part<T>(Column<T> column, boolean isDown) {}

    private static <T> List<Part<T>> parts(String text, Columns<T> columns) throws FieldViolation {
        List<Part<T>> parts = new ArrayList<>();
        if (text.isBlank()) {
            return parts;
        }
        for (String part : text.split(",", -1)) {
            Matcher read = PART.matcher(part);
            if (!read.matches()) {
                throw new FieldViolation(
                        FIELD,
                        "'" + part.strip()
                                + "' is no order; write fields with commas between and desc behind those of which"
                                + " the greatest comes first, such as opened_at desc, place");
            }
            String name = read.group(1);
            Column<T> column = columns.column(name)
                    .filter(c -> c.kind() != Column.Kind.TEXTS)
                    .orElseThrow(() -> new FieldViolation(
                            FIELD,
                            "'" + name + "' " + columns.isNone() + ", of which those with one value have an order"));
            // So that an order has no more parts than a row has fields: each is asked within the one before.
            if (parts.stream().anyMatch(p -> p.column().name().equals(name))) {
                throw new FieldViolation(FIELD, "'" + name + "' is named twice; write it once, where it decides first");
            }
            parts.add(new Part<>(
                    column, read.group(2) != null && read.group(2).strip().equalsIgnoreCase("desc")));
        }
        return parts;
    }
}
