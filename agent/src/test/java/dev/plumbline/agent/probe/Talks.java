package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Conversations of any kind with a server on loopback. */
final class Talks {
    static final String HOST = "api.push.apple.com";

    /** Everybody here is expected to answer, even while classes are loaded: only a hang is longer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Talks() {}

    static Exchange hold(Network network, ProbeKind kind, Transport transport, InetSocketAddress remote) {
        return hold(network, kind, transport, remote, PATIENCE);
    }

    /** @param patience for the conversation; to connect there is always enough time */
    static Exchange hold(
            Network network, ProbeKind kind, Transport transport, InetSocketAddress remote, Duration patience) {
        return said(network, kind, transport, remote, patience).exchange().orElseThrow();
    }

    static Said said(
            Network network, ProbeKind kind, Transport transport, InetSocketAddress remote, Duration patience) {
        EventLoop loop = network.loops().next();
        Target target = target(kind, transport);
        CompletableFuture<Said> said = new CompletableFuture<>();
        // All on the loop: the talk begins where the connection ended, so that no greeting is missed.
        loop.execute(() -> connect(network, loop, transport, remote)
                .thenCompose(connection -> Probes.conversation(kind)
                        .hold(new Talk(
                                target,
                                HOST,
                                remote,
                                connection.channel().orElseThrow(),
                                network,
                                loop,
                                false,
                                network.ticker().nanos() + patience.toNanos())))
                .whenComplete((what, bug) -> {
                    if (bug == null) {
                        said.complete(what);
                    } else {
                        said.completeExceptionally(bug);
                    }
                }));
        return said.join();
    }

    private static CompletableFuture<Connection> connect(
            Network network, EventLoop loop, Transport transport, InetSocketAddress remote) {
        return transport.equals(Transport.TCP)
                ? network.connector().tcp(loop, remote, PATIENCE)
                : network.connector().udp(loop, remote);
    }

    static Target target(ProbeKind kind, Transport transport) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId("target"),
                HOST,
                0,
                443,
                transport,
                kind,
                HOST,
                tls ? IdentityClass.PUBLIC : IdentityClass.NONE,
                tls && transport.equals(Transport.TCP) ? List.of("h2,http/1.1") : List.of(),
                "",
                Set.of(Service.APNS),
                Set.of(Role.MDM_SERVER),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
