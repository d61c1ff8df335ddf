package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Transport;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a box. What is empty matches everything.
 *
 * @param ipv6 the family it is written for
 * @param suffixes names and what is below them
 */
record FirewallRule(
        Verb verb,
        Optional<Transport> transport,
        Set<Integer> ports,
        List<Block> blocks,
        Optional<Boolean> ipv6,
        Set<String> suffixes) {
    FirewallRule {
        ports = Set.copyOf(ports);
        blocks = List.copyOf(blocks);
        suffixes = Set.copyOf(suffixes);
    }

    static FirewallRule all(Verb verb) {
        return new FirewallRule(verb, Optional.empty(), Set.of(), List.of(), Optional.empty(), Set.of());
    }

    FirewallRule tcp(Set<Integer> numbers) {
        return new FirewallRule(verb, Optional.of(Transport.TCP), numbers, blocks, ipv6, suffixes);
    }

    FirewallRule udp(Set<Integer> numbers) {
        return new FirewallRule(verb, Optional.of(Transport.UDP), numbers, blocks, ipv6, suffixes);
    }

    FirewallRule to(List<Block> destinations) {
        return new FirewallRule(verb, transport, ports, destinations, ipv6, suffixes);
    }

    FirewallRule family(boolean six) {
        return new FirewallRule(verb, transport, ports, blocks, Optional.of(six), suffixes);
    }

    FirewallRule named(Set<String> below) {
        return new FirewallRule(verb, transport, ports, blocks, ipv6, below);
    }

    /** The same for something else that is done. */
    FirewallRule but(Verb other) {
        return new FirewallRule(other, transport, ports, blocks, ipv6, suffixes);
    }

    /** What the product calls it; where a family is broken as a whole, that is no matter of ports. */
    Mechanism mechanism(Transport of, boolean familyBroken) {
        boolean family =
                familyBroken && ipv6.orElse(false) && transport.isEmpty() && ports.isEmpty() && blocks.isEmpty();
        return family ? Mechanism.IPV6_BROKEN : verb.mechanism(of);
    }

    boolean matches(Point point) {
        return transport.map(point.transport()::equals).orElse(true)
                && (ports.isEmpty() || ports.contains(point.port()))
                && (blocks.isEmpty()
                        || point.address()
                                .filter(a -> blocks.stream().anyMatch(b -> b.contains(a)))
                                .isPresent())
                && ipv6.map(six -> six
                                == point.address()
                                        .filter(a -> a.indexOf(':') >= 0)
                                        .isPresent())
                        .orElse(true)
                && (suffixes.isEmpty()
                        || suffixes.stream()
                                .anyMatch(
                                        s -> point.names().stream().anyMatch(n -> n.equals(s) || n.endsWith("." + s))));
    }

    @Override
    public String toString() {
        return verb
                + transport.map(t -> " " + t.word()).orElse("")
                + (ports.isEmpty() ? "" : " ports " + ports)
                + (blocks.isEmpty() ? "" : " to " + blocks)
                + ipv6.map(six -> six ? " ipv6" : " ipv4").orElse("")
                + (suffixes.isEmpty() ? "" : " names " + suffixes);
    }
}
