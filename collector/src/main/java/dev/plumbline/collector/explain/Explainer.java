package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the shortest description of what is prevented: the union of atoms of least total length that covers every failing
 * point and no passing one. Exact for what one round of one segment brings; bounded by a number of steps, after which the best
 * found so far stands.
 */
public final class Explainer {
    private static final int MOST_STEPS = 50_000;

    private Explainer() {}

    /** The scope; empty when there are no failures, or when a failing point cannot be told from a passing one. */
    public static Optional<Scope> explain(Collection<Point> failures, Collection<Point> passes) {
        List<Point> elements = List.copyOf(new java.util.LinkedHashSet<>(failures));
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        List<Option> options = options(elements, passes);
        Search search = new Search(elements.size(), options);
        return search.best().map(atoms -> new Scope(atoms));
    }

    private static List<Option> options(List<Point> elements, Collection<Point> passes) {
        // Of atoms that cover the same points only the shortest matters.
        Map<BitSet, Option> shortest = new LinkedHashMap<>();
        Candidates.of(elements).forEach((atom, cost) -> {
            if (passes.stream().noneMatch(atom::matches)) {
                BitSet covers = new BitSet(elements.size());
                for (int i = 0; i < elements.size(); i++) {
                    covers.set(i, atom.matches(elements.get(i)));
                }
                shortest.merge(covers, new Option(atom, cost, covers), Option::shorter);
            }
        });
        return shortest.values().stream()
                .sorted(Comparator.comparingDouble(Option::costPerPoint).thenComparing(Option::atom))
                .toList();
    }

    private record Option(Atom atom, double cost, BitSet covers) {
        double costPerPoint() {
            return cost / covers.cardinality();
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
