package dev.plumbline.catalog.rules;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Unites ports of the same family, transport and destinations. */
public final class Flows {
    private record Way(Family family, Transport transport, List<Block> to) {}

    private final Map<Way, TreeSet<Integer>> ports = new LinkedHashMap<>();

    public void add(Family family, Transport transport, int port, List<Block> to) {
        if (!to.isEmpty()) {
            ports.computeIfAbsent(new Way(family, transport, to), w -> new TreeSet<>())
                    .add(port);
        }
    }

    /** IPv4 first, each by transport; ports in order. */
    public List<Flow> all() {
        return Stream.of(Family.values())
                .flatMap(family -> ports.entrySet().stream()
                        .filter(e -> e.getKey().family() == family)
                        .sorted((a, b) ->
                                a.getKey().transport().compareTo(b.getKey().transport()))
                        .map(e -> new Flow(
                                family,
                                e.getKey().transport(),
                                List.copyOf(e.getValue()),
                                e.getKey().to())))
                .toList();
    }
}
