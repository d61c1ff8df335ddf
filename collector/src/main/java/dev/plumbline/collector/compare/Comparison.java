package dev.plumbline.collector.compare;

import dev.plumbline.collector.compare.Differences.Cause;
import dev.plumbline.collector.compare.Differences.Difference;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares two sides, target by target, and says which incidents explain what differs. */
public final class Comparison {
    private final Side a;
    private final Side b;
    private final Hops hops;
    private final List<Incident> onlyA;
    private final List<Incident> onlyB;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<TargetId, String> incomparable = new TreeMap<>();
    private int compared;

    private Comparison(Side a, Side b) {
        this.a = a;
        this.b = b;
        this.hops = Hops.of(a.targets(), b.targets());
        this.onlyA = without(a.open(), b.open());
        this.onlyB = without(b.open(), a.open());
    }

    public static Differences of(Side a, Side b) {
        Comparison comparison = new Comparison(a, b);
        Set<TargetId> all = new TreeSet<>(a.targets().keySet());
        all.addAll(b.targets().keySet());
        all.forEach(comparison::compare);
        return comparison.differences();
    }

    /** What acts on both sides in the same way makes no difference. */
    private static List<Incident> without(List<Incident> some, List<Incident> others) {
        return some.stream()
                .filter(i -> others.stream()
                        .noneMatch(o -> o.id().equals(i.id())
                                && o.finding().scope().equals(i.finding().scope())))
                .toList();
    }

    private void compare(TargetId target) {
        Shown one = a.targets().get(target);
        Shown other = b.targets().get(target);
        if (one == null || other == null) {
            incomparable.put(target, (one == null ? a : b).name() + " is not asked for it");
            return;
        }
        Optional<String> unknown = whyUnknown(a, one);
        Optional<String> otherUnknown = whyUnknown(b, other);
        if (unknown.isPresent() || otherUnknown.isPresent()) {
            incomparable.put(target, unknown.orElseGet(otherUnknown::orElseThrow));
            return;
        }
        compared++;
        add(target, Aspect.STATE, Aspects.state(one, other));
        add(target, Aspect.CAUSE, cause(target, one, other));
        add(target, Aspect.CERTIFICATE, Aspects.certificate(one, other));
        add(target, Aspect.RESOLVER_ANSWER, Aspects.resolverAnswer(one, other));
        add(target, Aspect.HOP_DISTANCE, hops.difference(one, other));
        add(target, Aspect.IDLE_TIMER, Aspects.idleTimer(one, other));
    }

    private static Optional<String> whyUnknown(Side side, Shown shown) {
        return shown.whyUnknown().map(why -> side.name() + ": " + why);
    }

    private void add(TargetId target, Aspect aspect, Optional<Aspects.Pair> pair) {
        pair.ifPresent(p -> differences.add(new Difference(target, aspect, p.a(), p.b())));
    }

    private Optional<Aspects.Pair> cause(TargetId target, Shown one, Shown other) {
        if (one.state() != other.state() || one.works()) {
            return Optional.empty();
        }
        String here = mechanisms(onlyA, target);
        String there = mechanisms(onlyB, target);
        return here.isEmpty() || there.isEmpty() || here.equals(there)
                ? Optional.empty()
                : Optional.of(new Aspects.Pair(here, there));
    }

    private static String mechanisms(List<Incident> incidents, TargetId target) {
        return incidents.stream()
                .filter(i -> i.finding().explains(target))
                .map(i -> i.finding().mechanism().id())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Differences differences() {
        List<Cause> causes = new ArrayList<>();
        onlyA.forEach(i -> explaining(i, true).ifPresent(causes::add));
        onlyB.forEach(i -> explaining(i, false).ifPresent(causes::add));
        causes.sort(Comparator.comparing((Cause c) -> c.incident().finding().severity())
                .thenComparing(c -> -c.targets().size())
                .thenComparing(c -> c.incident().id()));
        return new Differences(differences, causes, compared, incomparable);
    }

    private Optional<Cause> explaining(Incident incident, boolean onA) {
        List<TargetId> targets = differences.stream()
                .map(Difference::target)
                .distinct()
                .filter(t -> incident.finding().explains(t))
                .toList();
        return targets.isEmpty() ? Optional.empty() : Optional.of(new Cause(incident, onA, targets));
    }
}
