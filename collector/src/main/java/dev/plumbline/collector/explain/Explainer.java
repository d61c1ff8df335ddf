package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the shortest description of what is prevented: the union of atoms of least total length in bits that covers every
 * failing point and no passing one. A function of the sets of points: order and duplicates change nothing. One of these
 * answers many questions about the same points, which it looks at once.
 */
public final class Explainer {
    private final Speaker speaker;
    private final Terrain terrain;

    /**
     * @param speaker in whose words
     * @param points that questions will be about
     */
    public Explainer(Speaker speaker, Collection<Point> points) {
        this.speaker = speaker;
        this.terrain = new Terrain(speaker, points);
    }

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
        List<Point> all = Stream.of(failures, passes, bystanders)
                .flatMap(Collection::stream)
                .toList();
        return new Explainer(speaker, all).describe(failures, passes, bystanders);
    }

    /** The same in the words of this speaker. */
    public Optional<Description> describe(
            Collection<Point> failures, Collection<Point> passes, Collection<Point> bystanders) {
        if (!terrain.has(failures) || !terrain.has(passes) || !terrain.has(bystanders)) {
            return describe(speaker, failures, passes, bystanders);
        }
        Optional<Description> found = describe(
                new Ground(terrain, terrain.points(failures), terrain.points(passes), terrain.points(bystanders)));
        return found.isPresent() || speaker == Speaker.PACKETS
                ? found
                : describe(Speaker.PACKETS, failures, passes, bystanders);
    }

    private static Optional<Description> describe(Ground ground) {
        List<Option> options = Options.of(ground);
        Points sayable = new Points(ground.terrain().size());
        options.forEach(o -> sayable.addAll(o.covers()));
        if (sayable.isEmpty()) {
            return Optional.empty();
        }
        return sayable.equals(ground.failing())
                ? Cover.of(options, sayable).map(Explainer::description)
                : describe(ground.of(sayable));
    }

    private static Description description(List<Option> options) {
        return new Description(options.stream()
                .sorted(Comparator.comparing(Option::text))
                .map(o -> new Description.Part(Scope.parse(o.text()), o.bits()))
                .toList());
    }
}
