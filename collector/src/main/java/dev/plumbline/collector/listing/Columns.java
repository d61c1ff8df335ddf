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
 */
public record Columns<T>(String what, Function<T, String> key, Map<String, Column<T>> byName) {
    public static <T> Columns<T> of(String what, Function<T, String> key, List<Column<T>> columns) {
        Map<String, Column<T>> byName = new LinkedHashMap<>();
        columns.forEach(c -> byName.put(c.name(), c));
        return new Columns<>(what, key, byName);
    }

    Optional<Column<T>> column(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Follows "'x'". */
    String isNone() {
        return "is nothing that a " + what + " has; it has " + String.join(", ", byName.keySet());
    }
}
