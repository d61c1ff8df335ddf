package dev.plumbline.deploy.campus;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One segment of the campus: where its packets go and what its middlebox does to them. Any thread may use it. */
public final class CampusSegment {
    private final String name;
    private final Internet internet;
    private final Holes holes;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Doors doors;
    private final InetSocketAddress resolver;

    CampusSegment(String name, Internet internet, Holes holes) {
        this.name = name;
        this.internet = internet;
        this.holes = holes;
        doors = new Doors(internet, this::endingOf);
        resolver = new Resolver(internet, () -> faults).open();
    }

    public String name() {
        return name;
    }

    /** The segment's resolver on loopback, UDP and TCP. */
    public InetSocketAddress resolver() {
        return resolver;
    }

    /**
     * Where a connection or datagram to {@code remote} has to go instead, by the faults in force now. Loopback addresses
     * stay what they are, so that a collector on this host remains reachable. Blocks for some milliseconds when a kind of
     * host is reached for the first time.
     *
     * @throws IllegalArgumentException when {@code remote} has no address yet
     */
    public InetSocketAddress translate(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        if (address == null) {
            throw new IllegalArgumentException(remote + " is not resolved: ask " + resolver + " first");
        }
        if (address.isLoopbackAddress()) {
            return remote;
        }
        Route route = Route.decide(internet.zone(), faults, address, remote.getPort());
        InetAddress loopback = loopback(address);
        return switch (route.end()) {
            case SILENT -> holes.silent(loopback);
            case CLOSED -> holes.closed(loopback);
            case RESOLVER -> resolver;
            case SERVED -> doors.door(route.kinds(), route.treatment(), loopback);
        };
    }

    /** Puts a fault in force for every connection and question from now on; open connections live on. */
    public void apply(Fault fault) {
        faults.add(fault);
    }

    /** Takes every fault away. */
    public void clear() {
        faults.clear();
    }

    /** The loopback of the same family; without IPv6 here, its packets take the only one. */
    private InetAddress loopback(InetAddress address) {
        return internet.loopbacks().stream()
                .filter(l -> l instanceof Inet6Address == address instanceof Inet6Address)
                .findFirst()
                .orElse(internet.loopbacks().get(0));
    }

    private Fault.@Nullable Ending endingOf(String serverName) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.SniFilter filter && Match.isBelow(serverName, filter.suffix())) {
                return filter.ending();
            }
        }
        return null;
    }
}
