package dev.plumbline.deploy.campus;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a segment leads a packet, decided from the truth of the zone and the faults in force.
 *
 * @param kinds what is spoken at the end, only for SERVED
 * @param treatment what happens on the way, only for SERVED
 */
record Route(End end, Set<HostKind> kinds, Treatment treatment) {
    enum End {
        SILENT,
        CLOSED,
        RESOLVER,
        SERVED
    }

    static final String SINKHOLE_IPV4 = "10.20.0.99";
    static final String SINKHOLE_IPV6 = "fd00:20::99";
    static final String PARKED_HOST = "203.0.113.66";

    private static final Block CAMPUS = Block.of("10.20.0.0/24");
    private static final InetAddress PARKED = Block.address(PARKED_HOST);
    private static final InetAddress SINKHOLE = Block.address(SINKHOLE_IPV4);
    private static final Set<InetAddress> PUBLIC_RESOLVERS =
            Set.of(Block.address("8.8.8.8"), Block.address("1.1.1.1"), Block.address("9.9.9.9"));
    private static final int HTTP_PORT = 80;
    private static final int DNS_PORT = 53;

    static Route decide(Zone zone, List<Fault> faults, InetAddress address, int port) {
        if (CAMPUS.contains(address) && !address.equals(SINKHOLE)) {
            return genuine(zone, address, port);
        }
        Set<String> names = zone.machine(address).map(Machine::names).orElse(Set.of());
        for (Fault fault : faults) {
            Optional<Route> route = imposed(fault, zone, address, port, names);
            if (route.isPresent()) {
                return route.get();
            }
        }
        return genuine(zone, address, port);
    }

    private static Optional<Route> imposed(Fault fault, Zone zone, InetAddress address, int port, Set<String> names) {
        if (!fault.match().fits(address, port, names)) {
            return Optional.empty();
        }
        Route genuine = genuine(zone, address, port);
        if (fault instanceof Fault.Captive) {
            return Optional.of(
                    port == HTTP_PORT
                            ? served(Set.of(HostKind.HTTP), Treatment.of(Treatment.Kind.PORTAL_REDIRECT))
                            : silent());
        } else if (fault instanceof Fault.Drop) {
            return Optional.of(silent());
        } else if (fault instanceof Fault.Reset) {
            return Optional.of(closed());
        } else if (fault instanceof Fault.Stall) {
            return Optional.of(served(Set.of(HostKind.TCP), Treatment.of(Treatment.Kind.STALL)));
        } else if (fault instanceof Fault.Intercept intercept) {
            return rewritten(genuine, false, new Treatment(Treatment.Kind.INTERCEPT, intercept.issuer()));
        } else if (fault instanceof Fault.OldTls) {
            return rewritten(genuine, false, Treatment.of(Treatment.Kind.OLD_TLS));
        } else if (fault instanceof Fault.BlockPage) {
            return rewritten(genuine, true, Treatment.of(Treatment.Kind.BLOCK_PAGE));
        }
        return Optional.empty();
    }

    /** Only a web middlebox's own protocols can be rewritten: TLS, and plain HTTP where {@code httpToo}. */
    private static Optional<Route> rewritten(Route genuine, boolean httpToo, Treatment treatment) {
        boolean fits = genuine.kinds.stream().anyMatch(k -> k.speaksTls() || (httpToo && k == HostKind.HTTP));
        return fits ? Optional.of(served(genuine.kinds, treatment)) : Optional.empty();
    }

    private static Route genuine(Zone zone, InetAddress address, int port) {
        if (address.equals(PARKED)) {
            HostKind kind = port == HTTP_PORT ? HostKind.HTTP : HostKind.HTTPS;
            return served(Set.of(kind), Treatment.of(Treatment.Kind.PARKED));
        }
        if (port == DNS_PORT && PUBLIC_RESOLVERS.contains(address)) {
            return new Route(End.RESOLVER, Set.of(), Treatment.GENUINE);
        }
        // An address that nobody has answers nothing, a machine resets what it does not serve.
        return zone.machine(address)
                .map(m -> m.on(port).isEmpty() ? closed() : served(m.on(port), Treatment.GENUINE))
                .orElse(silent());
    }

    private static Route silent() {
        return new Route(End.SILENT, Set.of(), Treatment.GENUINE);
    }

    private static Route closed() {
        return new Route(End.CLOSED, Set.of(), Treatment.GENUINE);
    }

    private static Route served(Set<HostKind> kinds, Treatment treatment) {
        return new Route(End.SERVED, kinds, treatment);
    }
}
