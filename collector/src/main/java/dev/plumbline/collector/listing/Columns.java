package dev.plumbline.collector.listing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the rows of one kind of list have.
 *
 * @param what the rows are called in sentences, such as "cell"
 * @param key what tells rows apart
 * @param usual names of those that decide where a row stands where nobody asks for an order, beside its key
 */
public record Columns<T>(String what, Function<T, String> key, Map<String, Column<T>> byName, List<String> usual) {
    public Columns {
        usual = List.copyOf(usual);
        if (!byName.keySet().containsAll(usual)) {
            throw new IllegalArgumentException(usual + " are not all among " + byName.keySet());
        }
    }

    /** Of rows that stand where they stand by their key. */
    public static <T> Columns<T> of(String what, Function<T, String> key, List<Column<T>> columns) {
        return of(what, key, columns, List.of());
    }

    public static <T> Columns<T> of(String what, Function<T, String> key, List<Column<T>> columns, List<String> usual) {
        Map<String, Column<T>> byName = new LinkedHashMap<>();
        columns.forEach(c -> byName.put(c.name(), c));
        return new Columns<>(what, key, byName, usual);
    }

    Optional<Column<T>> column(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Follows "'x'". */
    String isNone() {
        return "is nothing that a " + what + " has; it has " + String.join(", ", byName.keySet());
    }
}
