package dev.plumbline.catalog.scope;

import dev.plumbline.words.Transport;
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
}
