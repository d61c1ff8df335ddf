package dev.plumbline.deploy.scenarios;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is required of each segment, with the names and addresses that a clean round saw.
 *
 * @param bySegment segment, then target, then where it is to be found
 */
record RequiredTargets(Map<String, Map<String, List<Point>>> bySegment) {
    private static final String COURIER = "courier.push.apple.com";

    /** One of them. */
    record Owed(String segment, String target) {}

    RequiredTargets {
        bySegment = Map.copyOf(bySegment);
    }

    /** The required targets that a scope covers at a place; {@code site} and {@code apple} mean those of all segments. */
    Set<String> covered(String place, Scope scope) {
        Set<String> covered = new TreeSet<>();
        targetsOf(place)
                .forEach((segment, targets) -> targets.forEach((target, points) -> {
                    if (scope.covers(points)) {
                        covered.add(segment + " " + target);
                    }
                }));
        return covered;
    }

    /** One that a scope covers at a place: the first by name. */
    Optional<Owed> first(String place, Scope scope) {
        return targetsOf(place).entrySet().stream()
                .flatMap(segment -> segment.getValue().entrySet().stream()
                        .filter(target -> scope.covers(target.getValue()))
                        .map(target -> new Owed(segment.getKey(), target.getKey())))
                .min(Comparator.comparing(Owed::segment).thenComparing(Owed::target));
    }

    /** Of these only the couriers for devices, on these ports. */
    RequiredTargets ofCouriers(List<Integer> ports) {
        Map<String, Map<String, List<Point>>> couriers = new LinkedHashMap<>();
        bySegment.forEach((segment, targets) -> {
            Map<String, List<Point>> own = new LinkedHashMap<>(targets);
            own.values()
                    .removeIf(points -> points.stream()
                            .noneMatch(
                                    p -> ports.contains(p.port()) && p.names().contains(COURIER)));
            couriers.put(segment, own);
        });
        return new RequiredTargets(couriers);
    }

    int count() {
        return bySegment.values().stream().mapToInt(Map::size).sum();
    }

    private Map<String, Map<String, List<Point>>> targetsOf(String place) {
        if (place.equals("site") || place.equals("apple")) {
            return bySegment;
        }
        Map<String, Map<String, List<Point>>> one = new LinkedHashMap<>();
        one.put(place, bySegment.getOrDefault(place, Map.of()));
        return one;
    }
}
