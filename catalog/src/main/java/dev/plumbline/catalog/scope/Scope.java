package dev.plumbline.catalog.scope;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Of what something is prevented: a union of atoms, order free. Grammar of an atom:
 * {@code (all | tcp/P | udp/P | name:SUFFIX | ipv4 | ipv6) (@ipv4 | @ipv6 | @CIDR | @apple | @name:SUFFIX)*}; {@code +} unites,
 * and {@code @!} in place of {@code @} excepts what follows from its atom.
 */
public record Scope(List<Atom> atoms) {
    public static final Scope ALL = new Scope(List.of(Atom.parse("all")));

    public Scope {
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("a scope has at least one atom");
        }
        atoms = List.copyOf(new TreeSet<>(atoms));
    }

    /**
     * @throws IllegalArgumentException with a sentence that shows the grammar
     */
    public static Scope parse(String text) {
        return new Scope(Arrays.stream(text.split("\\+", -1)).map(Atom::parse).toList());
    }

    public static Scope of(Atom... atoms) {
        return new Scope(List.of(atoms));
    }

    public Scope union(Scope other) {
        TreeSet<Atom> all = new TreeSet<>(atoms);
        all.addAll(other.atoms);
        return new Scope(List.copyOf(all));
    }

    public boolean matches(Point point) {
        return atoms.stream().anyMatch(a -> a.matches(point));
    }

    /** True when it covers the target that these points are: one of them is enough, since families and addresses are restricted by atoms. */
    public boolean covers(Collection<Point> points) {
        return points.stream().anyMatch(this::matches);
    }

    @Override
    public String toString() {
        return atoms.stream().map(Atom::toString).collect(Collectors.joining("+"));
    }
}
