package dev.plumbline.deploy.here;

import dev.plumbline.agent.environment.HostEnvironment;
import dev.plumbline.agent.net.Network;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The way out of this host.
 *
 * @param open opens the network that probes use; whoever calls it closes it
 * @param leadsOut whether this host has an address and a route to anywhere; sends nothing
 */
record Uplink(Supplier<Network> open, Predicate<Network> leadsOut) {
    static Uplink ofHost() {
        return new Uplink(
                Network::ofHost,
                network -> !HostEnvironment.read(network, Duration.ZERO, Duration.ofSeconds(1))
                        .sourceAddresses()
                        .isEmpty());
    }
}
