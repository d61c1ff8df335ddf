package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The local addresses that sockets leave from, asked anew for every socket. An interface is looked up again every second, so
 * that an address which it gains or loses is heeded; what it has not is a fact of the probe, and never the kernel's
 * choice instead, for that would leave by another segment. Any thread.
 */
public final class Sources {
    /** Whatever the kernel's routes choose. */
    public static final Sources ANY = new Sources("", List.of());

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String interfaceName;
    private final List<InetAddress> fixed;
    private volatile Seen seen = new Seen(List.of(), 0, false);

    private record Seen(List<InetAddress> addresses, long atNanos, boolean looked) {}

    private Sources(String interfaceName, List<InetAddress> fixed) {
        this.interfaceName = interfaceName;
        this.fixed = List.copyOf(fixed);
    }

    /** These addresses, one of a family at most; none at all leaves the choice to the kernel. */
    public static Sources of(List<InetAddress> addresses) {
        return addresses.isEmpty() ? ANY : new Sources("", addresses);
    }

    /**
     * One address of each family of this interface that reaches beyond its link, as it is at the time; of several the lowest,
     * so that the choice does not change by itself.
     */
    public static Sources ofInterface(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an interface has a name");
        }
        return new Sources(name, List.of());
    }

    /** False when the kernel chooses. */
    public boolean isBound() {
        return !interfaceName.isEmpty() || !fixed.isEmpty();
    }

    /** The addresses now; empty when the kernel chooses, and when the interface has none. */
    public List<InetAddress> now() {
        if (interfaceName.isEmpty()) {
            return fixed;
        }
        long now = System.nanoTime();
        Seen last = seen;
        if (!last.looked() || now - last.atNanos() > FRESH_NANOS) {
            last = new Seen(look(interfaceName), now, true);
            seen = last;
        }
        return last.addresses();
    }

    /** The address of the remote's family. */
    Optional<InetAddress> towards(InetAddress remote) {
        return now().stream()
                .filter(source -> source instanceof Inet4Address == remote instanceof Inet4Address)
                .findFirst();
    }

    /** What to say where there is no address of the remote's family. */
    Failure lacking(InetAddress remote) {
        String family = remote instanceof Inet4Address ? "IPv4" : "IPv6";
        return now().isEmpty()
                ? Failure.of(FailureKind.LOCAL, this + " has no address")
                : Failure.of(FailureKind.NETWORK_UNREACHABLE, this + " has no " + family + " address");
    }

    private static List<InetAddress> look(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found == null || !found.isUp()) {
                return List.of();
            }
            List<InetAddress> all = Collections.list(found.getInetAddresses());
            List<InetAddress> chosen = new ArrayList<>();
            for (boolean four : new boolean[] {true, false}) {
                all.stream()
                        .filter(address -> address instanceof Inet4Address == four)
                        .filter(address -> !address.isLinkLocalAddress())
                        // Without the zone, which belongs to link-local addresses alone.
                        .map(address -> Resolvers.ofBytes(address.getAddress()))
                        .min(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
                        .ifPresent(chosen::add);
            }
            return List.copyOf(chosen);
        } catch (SocketException gone) {
            return List.of();
        }
    }

    /** For sentences: the interface, or the addresses. */
    @Override
    public String toString() {
        if (!interfaceName.isEmpty()) {
            return "interface " + interfaceName;
        }
        return isBound()
                ? "source "
                        + String.join(
                                " and ", fixed.stream().map(Endpoints::text).toList())
                : "any source";
    }
}
