package dev.plumbline.agent.policy;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Transport;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a collector may have this host's agent do. The host's own resolvers are not held against it: whoever configured the
 * host chose them.
 *
 * @param names that may be asked for, connected to, and said in handshakes and requests; empty = every one
 * @param ports that may be connected or sent to; empty = every one
 * @param allowed blocks of addresses that may be connected or sent to; empty = every one
 * @param forbidden blocks that may not, whatever is allowed; as sections are read, the standard ones are always among them
 * @param connectionsPerSecond most new TCP connections a second of the whole host, on demand too; 0 = as many as the plan, or
 *     the line, bears
 * @param roundsPerHour most rounds that are begun in any hour, on demand too
 */
public record Policy(
        List<NamePattern> names,
        List<PortPattern> ports,
        List<Block> allowed,
        List<Block> forbidden,
        int connectionsPerSecond,
        int roundsPerHour) {
    /**
     * Addresses that no device of a segment reaches beyond its link: the link's own, where clouds keep their hosts' credentials
     * (169.254.169.254), the others where clouds do, and everybody's. Loopback is not among them, since resolvers that block a name
     * answer with it.
     */
    private static final List<Block> NEVER = List.of(
            Block.parse("169.254.0.0/16"),
            Block.parse("fe80::/10"),
            Block.parse("224.0.0.0/4"),
            Block.parse("255.255.255.255/32"),
            Block.parse("ff00::/8"),
            // Amazon's over IPv6, and Alibaba's in the space for carriers (RFC 6598).
            Block.parse("fd00:ec2::254/128"),
            Block.parse("100.100.100.200/32"));

    /** What is sent to no address in particular, the sending host takes itself. */
    private static final Map<String, String> HOST_ITSELF =
            Map.of("0.0.0.0", "127.0.0.1", "0:0:0:0:0:0:0:0", "0:0:0:0:0:0:0:1");

    private static final int USUAL_ROUNDS = 1_200;

    /** Of a host that says nothing: every name and port, but no address of the link's own or of everybody's. */
    public static final Policy STANDARD = new Policy(List.of(), List.of(), List.of(), NEVER, 0, USUAL_ROUNDS);

    /** Of a person who asks on the host itself. */
    public static final Policy ANYTHING = new Policy(List.of(), List.of(), List.of(), List.of(), 0, Integer.MAX_VALUE);

    /** IPv4 addresses behind a translator (RFC 6052 section 2.1). */
    private static final Block TRANSLATED = Block.parse("64:ff9b::/96");

    public Policy {
        names = List.copyOf(names);
        ports = List.copyOf(ports);
        allowed = List.copyOf(allowed);
        forbidden = List.copyOf(forbidden);
        if (connectionsPerSecond < 0 || roundsPerHour < 1) {
            throw new IllegalArgumentException(
                    "connections a second are not negative, and at least one round an hour is allowed, not "
                            + connectionsPerSecond + " and " + roundsPerHour);
        }
    }

    /** Why a name is not asked for; empty when it may be. */
    public Optional<String> refusesName(String name) {
        return names.isEmpty() || names.stream().anyMatch(pattern -> pattern.matches(name))
                ? Optional.empty()
                : Optional.of("the name " + name + " is not among those that policy.names allows");
    }

    /** Why a port is not used; empty when it may be. */
    public Optional<String> refusesPort(Transport transport, int port) {
        return ports.isEmpty() || ports.stream().anyMatch(pattern -> pattern.matches(transport, port))
                ? Optional.empty()
                : Optional.of(transport.word() + "/" + port + " is not among the ports that policy.ports allows");
    }

    /** Why an address is not connected or sent to; empty when it may be. */
    public Optional<String> refusesAddress(InetAddress address) {
        String text = text(address);
        for (Block block : forbidden) {
            if (block.contains(text)
                    || block.contains(HOST_ITSELF.getOrDefault(text, text))
                    || translated(address).filter(block::contains).isPresent()) {
                return Optional.of(text + " is in " + block + ", which policy.never-connect-to forbids");
            }
        }
        return allowed.isEmpty() || allowed.stream().anyMatch(block -> block.contains(text))
                ? Optional.empty()
                : Optional.of(text + " is in no block that policy.connect-to allows");
    }

    /** Why no packet goes there; empty when one may. */
    public Optional<String> refuses(Transport transport, InetAddress address, int port) {
        return refusesPort(transport, port).or(() -> refusesAddress(address));
    }

    /** Why a target is not probed in a round, as far as is known before its name is asked for; empty when it may be. */
    public Optional<String> refuses(Target target, long round) {
        String host = target.hostInRound(round);
        Optional<InetAddress> literal = literal(host);
        Optional<String> named = literal.isPresent() ? refusesLiteral(literal.get()) : refusesName(host);
        return named.isPresent() || target.probe().asksNamesOnly()
                ? named
                : refusesServerName(target, host).or(() -> refusesPort(target.transport(), target.port()));
    }

    /** What is said to whoever answers, in the handshake and as the host of a request, is a name that is asked for as well. */
    private Optional<String> refusesServerName(Target target, String host) {
        String said = target.serverName();
        return said.isEmpty() || said.equals(host) ? Optional.empty() : refusesName(said);
    }

    /** The standard list, and these. */
    static List<Block> never(List<Block> others) {
        return Stream.concat(NEVER.stream(), others.stream()).distinct().toList();
    }

    /** Where only some names are allowed, an address in the place of a name needs a block that allows it. */
    private Optional<String> refusesLiteral(InetAddress address) {
        return !names.isEmpty() && allowed.isEmpty()
                ? Optional.of(text(address) + " is no name that policy.names allows, and no policy.connect-to names it")
                : refusesAddress(address);
    }

    /**
     * The pace that is kept.
     *
     * @param asked connections a second, 0 = as many as the line bears
     */
    public int pace(int asked) {
        if (connectionsPerSecond == 0) {
            return asked;
        }
        return asked == 0 ? connectionsPerSecond : Math.min(asked, connectionsPerSecond);
    }

    /** Without a zone, which says by which interface and not where. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static Optional<String> translated(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address && TRANSLATED.contains(text(address))
                ? Optional.of(ofBytes(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length))
                        .getHostAddress())
                : Optional.empty();
    }

    /** An address as it stands in a plan; a name is none, and is not asked for here. */
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(ofBytes(Block.around(host + (host.indexOf(':') < 0 ? "/32" : "/128"))
                    .bytes()
                    .toArray()));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
