package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Scope;
import java.util.List;

/** A scope, atom by atom, and how long each is in bits, of which only differences mean anything. */
public record Description(List<Part> parts) {
    /** One atom. */
    public record Part(Scope scope, double bits) {}

    public Description {
        parts = List.copyOf(parts);
    }

    /** All of it. */
    public Scope scope() {
        return new Scope(parts.stream().flatMap(p -> p.scope().atoms().stream()).toList());
    }

    public double bits() {
        return parts.stream().mapToDouble(Part::bits).sum();
    }
}
