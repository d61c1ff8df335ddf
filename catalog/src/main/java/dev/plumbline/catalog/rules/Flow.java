package dev.plumbline.catalog.rules;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Transport;
import java.util.List;

/**
 * Traffic that a packet filter can tell from other traffic.
 *
 * @param ports of the servers, in order
 * @param to where the servers are, all of the family
 */
public record Flow(Family family, Transport transport, List<Integer> ports, List<Block> to) {
    public Flow {
        if (ports.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException("a flow has ports and destinations");
        }
        ports = List.copyOf(ports);
        to = List.copyOf(to);
    }
}
