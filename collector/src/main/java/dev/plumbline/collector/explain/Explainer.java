package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the shortest description of what is prevented: the union of atoms of least total length that covers every failing
 * point and no passing one. Exact for what one round of one segment brings; bounded by a number of steps, after which the best
 * found so far stands.
 */
public final class Explainer {
    private static final int MOST_STEPS = 20_000;

    private Explainer() {}

    /** The scope; empty when there are no failures, or when a failing point cannot be told from a passing one. */
    public static Optional<Scope> explain(Collection<Point> failures, Collection<Point> passes) {
        return explain(failures, passes, List.of());
    }

    /**
     * The same where some points pass for a reason of their own, as plain HTTP passes a box that acts on TLS: they show only
     * that not simply everything is prevented.
     */
    public static Optional<Scope> explain(
            Collection<Point> failures, Collection<Point> passes, Collection<Point> bystanders) {
        List<Point> elements = List.copyOf(new LinkedHashSet<>(failures));
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        List<Option> options = options(elements, passes, bystanders);
        Search search = new Search(elements.size(), options);
        return search.best().map(atoms -> new Scope(atoms));
    }

    private static List<Option> options(List<Point> elements, Collection<Point> passes, Collection<Point> bystanders) {
        // Of atoms that cover the same points only the shortest matters.
        Map<BitSet, Option> shortest = new LinkedHashMap<>();
        Candidates.of(elements).forEach((atom, cost) -> {
            boolean contradicted = passes.stream().anyMatch(atom::matches)
                    || (atom.isBroad() && bystanders.stream().anyMatch(atom::matches));
            if (!contradicted) {
                BitSet covers = new BitSet(elements.size());
                for (int i = 0; i < elements.size(); i++) {
                    covers.set(i, atom.matches(elements.get(i)));
                }
                shortest.merge(covers, new Option(atom, cost, covers), Option::shorter);
            }
        });
        return undominated(List.copyOf(shortest.values())).stream()
                .sorted(Comparator.comparingDouble(Option::costPerPoint).thenComparing(Option::atom))
                .toList();
    }

    /** Drops atoms that a shorter or equal one covers whole: they are in no shortest description. */
    private static List<Option> undominated(List<Option> options) {
        List<Option> ordered = options.stream()
                .sorted(Comparator.comparingDouble(Option::cost).thenComparing(Option::atom))
                .toList();
        List<Option> kept = new ArrayList<>();
        for (Option option : ordered) {
            if (kept.stream().noneMatch(k -> k.holds(option))) {
                kept.add(option);
            }
        }
        return kept;
    }

    private record Option(Atom atom, double cost, BitSet covers) {
        double costPerPoint() {
            return cost / covers.cardinality();
        }

        boolean holds(Option other) {
            BitSet rest = (BitSet) other.covers.clone();
            rest.andNot(covers);
            return rest.isEmpty();
        }

        static Option shorter(Option a, Option b) {
            if (a.cost != b.cost) {
                return a.cost < b.cost ? a : b;
            }
            return a.atom.compareTo(b.atom) <= 0 ? a : b;
        }
    }

    /** Branch and bound over the first point that is not covered yet. */
    private static final class Search {
        private final int size;
        private final List<Option> options;
        private double bestCost = Double.MAX_VALUE;
        private List<Atom> best = List.of();
        private int steps;

        Search(int size, List<Option> options) {
            this.size = size;
            this.options = options;
        }

        Optional<List<Atom>> best() {
            descend(new BitSet(size), new ArrayList<>(), 0);
            return best.isEmpty() ? Optional.empty() : Optional.of(best);
        }

        private void descend(BitSet covered, List<Atom> chosen, double cost) {
            if (cost >= bestCost || steps++ > MOST_STEPS) {
                return;
            }
            int open = covered.nextClearBit(0);
            if (open >= size) {
                bestCost = cost;
                best = List.copyOf(chosen);
                return;
            }
            for (Option option : options) {
                if (option.covers.get(open)) {
                    BitSet more = (BitSet) covered.clone();
                    more.or(option.covers);
                    chosen.add(option.atom);
                    descend(more, chosen, cost + option.cost);
                    chosen.remove(chosen.size() - 1);
                }
            }
        }
    }
}
