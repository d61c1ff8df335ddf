package dev.plumbline.catalog.scope;

import dev.plumbline.words.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that a scope covers or does not: a target at one of its addresses, or by name alone where no address is known.
 *
 * @param names expected TLS name and query name
 */
public record Point(Set<String> names, Transport transport, int port, Optional<String> address) {
    public Point {
        names = Set.copyOf(names);
    }

    /** With names that may be the same. */
    public static Point of(List<String> names, Transport transport, int port, Optional<String> address) {
        Set<String> distinct = names.size() == 2 && !names.get(0).equals(names.get(1))
                ? Set.of(names.get(0), names.get(1))
                : new HashSet<>(names);
        return new Point(distinct, transport, port, address);
    }
}
