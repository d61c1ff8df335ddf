package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the shortest description of what is prevented: the union of atoms of least total length in bits that covers every
 * failing point and no passing one. A function of the sets of points: order and duplicates change nothing.
 */
public final class Explainer {
    private Explainer() {}

    /** The scope; empty when there are no failures, or when no failing point can be told from the passing ones. */
    public static Optional<Scope> explain(Collection<Point> failures, Collection<Point> passes) {
        return explain(Speaker.PACKETS, failures, passes, List.of());
    }

    /**
     * The same in the words of somebody, where some points pass for a reason of their own, as plain HTTP passes a box that acts
     * on TLS: they show only that not simply everything is prevented.
     */
    public static Optional<Scope> explain(
            Speaker speaker, Collection<Point> failures, Collection<Point> passes, Collection<Point> bystanders) {
        return describe(speaker, failures, passes, bystanders).map(Description::scope);
    }

    /**
     * The scope with its length. Failing points that no words of the speaker tell from passing ones are left out; where that
     * leaves none, a packet filter's words are tried.
     */
    public static Optional<Description> describe(
            Speaker speaker, Collection<Point> failures, Collection<Point> passes, Collection<Point> bystanders) {
        Ground ground = new Ground(failures, passes, bystanders, speaker);
        int failing = ground.failures().size();
        if (failing == 0) {
            return Optional.empty();
        }
        List<Option> options = Options.of(ground);
        Points sayable = new Points(failing);
        options.forEach(o -> sayable.addAll(o.covers()));
        if (sayable.count() == failing) {
            return Cover.of(options, failing).map(Explainer::description);
        }
        if (sayable.isEmpty()) {
            return speaker == Speaker.PACKETS
                    ? Optional.empty()
                    : describe(Speaker.PACKETS, failures, passes, bystanders);
        }
        List<Point> some = new ArrayList<>();
        for (int i = sayable.next(0); i >= 0; i = sayable.next(i + 1)) {
            some.add(ground.failures().get(i));
        }
        return describe(speaker, some, passes, bystanders);
    }

    private static Description description(List<Option> options) {
        return new Description(options.stream()
                .sorted(Comparator.comparing(Option::text))
                .map(o -> new Description.Part(Scope.parse(o.text()), o.bits()))
                .toList());
    }
}
