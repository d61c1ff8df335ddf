package dev.plumbline.agent.probe;

import dev.plumbline.agent.hostile.HostileServer;
import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.QueueMeter;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Probes as a round runs them, of targets whose addresses lead to servers on loopback. */
final class Besieged implements AutoCloseable {
    static final String NAME = "hostile.test";

    /** For servers that only a deadline ends. */
    static final Duration SHORT = Duration.ofSeconds(3);
    /** Nobody here is to last as long. */
    static final Duration LONG = Duration.ofSeconds(60);

    private final Map<InetAddress, InetSocketAddress> places = new ConcurrentHashMap<>();
    private final Network network = Network.open(
            address -> places.getOrDefault(address.getAddress(), address),
            List.of(),
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
    private final LagMeter lag = LagMeter.on(network.loops(), network.ticker());

    /** @param lasts whether the deadline is to be awaited, and so is near */
    Siege probe(ProbeKind kind, Transport transport, HostileServer server, boolean lasts) {
        int number = places.size() + 1;
        String address = "198.51." + number / 250 + "." + (number % 250 + 1);
        places.put(Resolved.literal(address), server.socketAddress());
        Target target = target(kind, transport, address);
        Duration stage = lasts ? SHORT : LONG;
        Pass pass = new Pass(1, 1, stage, new Resolution(network, stage), lag, new QueueMeter(), Distances.ofFailing());
        return new Siege(target, TargetProbe.run(network, pass, target), server);
    }

    private static Target target(ProbeKind kind, Transport transport, String address) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId("hostile"),
                address,
                0,
                443,
                transport,
                kind,
                tls ? NAME : address,
                tls ? IdentityClass.PUBLIC : IdentityClass.NONE,
                tls ? List.of("h2,http/1.1") : List.of(),
                "/hostile",
                Set.of(Service.APNS),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }

    @Override
    public void close() {
        lag.close();
        network.close();
    }
}
