package dev.plumbline.deploy.campus;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rule of a middlebox applies to: every part that is given must fit. The transport is no part of it, so a rule for
 * port 443 takes TCP and UDP.
 *
 * @param ports destination ports, empty for all
 * @param name suffix of a name that leads to the destination, empty for all
 * @param network CIDR block of the destination, empty for all
 */
public record Match(Set<Integer> ports, String name, String network, Family family) {
    /** Which address family a rule applies to. */
    public enum Family {
        BOTH,
        IPV4,
        IPV6
    }

    /** Fits nothing: no packet has port 0. */
    static final Match NONE = port(0);

    public Match {
        ports = Set.copyOf(ports);
        if (!network.isEmpty()) {
            Block.of(network);
        }
    }

    public static Match all() {
        return new Match(Set.of(), "", "", Family.BOTH);
    }

    public static Match port(Integer... ports) {
        return new Match(Arrays.stream(ports).collect(Collectors.toSet()), "", "", Family.BOTH);
    }

    /** Destinations that a name equal to {@code suffix} or below it leads to. */
    public Match named(String suffix) {
        return new Match(ports, suffix, network, family);
    }

    /** Destinations inside {@code cidr}, or one address. */
    public Match within(String cidr) {
        return new Match(ports, name, cidr, family);
    }

    public Match ipv4() {
        return new Match(ports, name, network, Family.IPV4);
    }

    public Match ipv6() {
        return new Match(ports, name, network, Family.IPV6);
    }

    boolean fits(InetAddress address, int port, Collection<String> names) {
        return (ports.isEmpty() || ports.contains(port))
                && fits(family, address)
                && (name.isEmpty() || names.stream().anyMatch(n -> isBelow(n, name)))
                && (network.isEmpty() || Block.of(network).contains(address));
    }

    private static boolean fits(Family family, InetAddress address) {
        return switch (family) {
            case BOTH -> true;
            case IPV4 -> !(address instanceof Inet6Address);
            case IPV6 -> address instanceof Inet6Address;
        };
    }

    /** True when {@code name} is {@code suffix} or a name below it. */
    static boolean isBelow(String name, String suffix) {
        return name.equals(suffix) || name.endsWith("." + suffix);
    }
}
