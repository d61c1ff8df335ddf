package dev.plumbline.collector.ingest;

import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.metrics.MetricSource;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** The collector's port: mutual TLS 1.3, and nothing at all for whoever has no certificate of the site. */
public final class CollectorServer implements AutoCloseable {
    private static final String PORT = "agents";

    private final Server server;
    private final Doorkeeper doorkeeper;
    private final CallCounts calls;
    private final List<Draining> draining;
    private final List<EventLoopGroup> loops;

    private CollectorServer(
            Server server,
            Doorkeeper doorkeeper,
            CallCounts calls,
            List<Draining> draining,
            List<EventLoopGroup> loops) {
        this.server = server;
        this.doorkeeper = doorkeeper;
        this.calls = calls;
        this.draining = draining;
        this.loops = loops;
    }

    /** Opens the port of a site that has revoked nobody. */
    public static CollectorServer start(InetSocketAddress listen, TlsMaterial own, List<BindableService> services)
            throws ConfigException {
        return start(listen, own, services, Revocations.NONE, Clock.systemUTC());
    }

    /** Opens the port with a certificate that is not replaced, where nobody writes down who was refused. */
    public static CollectorServer start(
            InetSocketAddress listen,
            TlsMaterial own,
            List<BindableService> services,
            Revocations revocations,
            Clock clock)
            throws ConfigException {
        return start(listen, new LiveIdentity(own), services, revocations, RefusedCalls.UNTOLD, clock);
    }

    /**
     * Opens the port.
     *
     * @param own what the port shows, which may be replaced while it is open
     * @param services those that are {@link Draining} end their own calls when the port closes
     * @param revocations who is refused in the handshake, and at each call of a session that is resumed
     * @param refused is told of calls that were not for their caller
     * @param clock by which certificates end
     * @throws ConfigException when it cannot be opened, with a sentence that names it
     */
    public static CollectorServer start(
            InetSocketAddress listen,
            LiveIdentity own,
            List<BindableService> services,
            Revocations revocations,
            RefusedCalls refused,
            Clock clock)
            throws ConfigException {
        Doorkeeper doorkeeper = new Doorkeeper(Bounds.STRANGERS, Bounds.MEMBERS, Bounds.CONNECTIONS_OF_ONE);
        Reception reception = new Reception(doorkeeper);
        CallCounts calls = new CallCounts(PORT, services);
        // A thread of its own for the door: whatever comes there, those who are inside are served by others.
        EventLoopGroup door = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup inside = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        List<EventLoopGroup> loops = List.of(door, inside);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(listen)
                .channelFactory(() -> new Gate(doorkeeper))
                .bossEventLoopGroup(door)
                .workerEventLoopGroup(inside)
                .sslContext(tls(own, revocations))
                // The last is asked first.
                .intercept(new Identity(revocations, refused, clock))
                .intercept(reception)
                .addTransportFilter(reception)
                .addStreamTracerFactory(new Inflow.Each())
                .addStreamTracerFactory(calls)
                // What is packed takes more room than it counts for.
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                .flowControlWindow(Bounds.TRANSPORT_WINDOW_BYTES)
                .maxInboundMessageSize(Bounds.MESSAGE_BYTES)
                .maxInboundMetadataSize(Bounds.METADATA_BYTES)
                .maxConcurrentCallsPerConnection(Bounds.CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(Bounds.CALLS_TAKEN_BACK, Bounds.TAKEN_BACK_WITHIN_SECONDS)
                .handshakeTimeout(Bounds.HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionIdle(Bounds.IDLE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(Bounds.SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                // The answer comes after all that is on a slow line already.
                .keepAliveTimeout(Bounds.READING.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(false);
        services.forEach(builder::addService);
        List<Draining> draining = services.stream()
                .filter(Draining.class::isInstance)
                .map(Draining.class::cast)
                .toList();
        PeerNoise.keepOut();
        try {
            return new CollectorServer(builder.build().start(), doorkeeper, calls, draining, loops);
        } catch (IOException e) {
            loops.forEach(CollectorServer::end);
            throw new ConfigException(List.of("listen: " + listen.getHostString() + ":" + listen.getPort()
                    + " cannot be opened (" + reason(e) + "); stop what uses it or name another address"));
        }
    }

    /** What is served. */
    public List<ServerServiceDefinition> services() {
        return server.getServices();
    }

    /** The port that was opened. */
    public int port() {
        return server.getPort();
    }

    /** Who comes, and what is called. */
    public List<MetricSource> metrics() {
        return List.of(new DoorMetrics(PORT, doorkeeper), calls);
    }

    /** What happened at the door. */
    Doorkeeper.Seen seen() {
        return doorkeeper.seen();
    }

    private static SslContext tls(LiveIdentity own, Revocations revocations) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(own.shown()), SslProvider.JDK)
                    .trustManager(PeerTrust.siteOf(own.current(), revocations::isRevoked))
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** Takes nobody in any more, lets the streams end with what they hold made durable, then cuts what is left. */
    @Override
    public void close() {
        server.shutdown();
        draining.forEach(Draining::drain);
        try {
            if (!server.awaitTermination(Bounds.DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow().awaitTermination(3, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        loops.forEach(CollectorServer::end);
    }

    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
