package dev.plumbline.agent.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How the probes of one segment leave this host.
 *
 * @param resolvers the segment's own; empty = those of resolv.conf
 */
public record Leaving(Sources sources, List<InetSocketAddress> resolvers) {
    /** As this host does. */
    public static final Leaving ANYHOW = new Leaving(Sources.ANY, List.of());

    public Leaving {
        resolvers = List.copyOf(resolvers);
    }
}
