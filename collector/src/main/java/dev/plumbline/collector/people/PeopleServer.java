package dev.plumbline.collector.people;

import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.TokenRegister;
import dev.plumbline.collector.ingest.Bounds;
import dev.plumbline.collector.ingest.CallCounts;
import dev.plumbline.collector.ingest.Door;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveChain;
import dev.plumbline.metrics.MetricSource;
import io.grpc.BindableService;
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
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The port of people and tools. Whoever reaches it may shake hands, so what strangers can hold is bounded: connections, all and of
 * one address, the time of a handshake and of silence, the size of a question. Its connections are served by a thread of their
 * own, so that they take none from agents.
 */
public final class PeopleServer implements AutoCloseable {
    /** Questions are short. */
    private static final int MESSAGE_BYTES = 64 << 10;

    private static final int METADATA_BYTES = 8 << 10;
    private static final String PORT = "people";

    private final Server server;
    private final EventLoopGroup loop;
    private final List<MetricSource> metrics;

    private PeopleServer(Server server, EventLoopGroup loop, List<MetricSource> metrics) {
        this.server = server;
        this.loop = loop;
        this.metrics = metrics;
    }

    /**
     * Opens the port.
     *
     * @param shown its certificate; one that replaces it is shown too
     * @throws ConfigException when it cannot be opened, with a sentence that names it
     */
    public static PeopleServer start(
            PeopleSettings settings,
            LiveChain shown,
            List<BindableService> services,
            TokenRegister tokens,
            RefusedCalls refused,
            Clock clock)
            throws ConfigException {
        Door door = new Door(Bounds.PEOPLE, Bounds.PEOPLE_MEMBERS, Bounds.PEOPLE_OF_ONE);
        Admittance admittance = new Admittance(tokens, refused, door, clock);
        CallCounts calls = new CallCounts(PORT, services);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(settings.listen())
                .channelFactory(door::gate)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .intercept(admittance.ofCalls())
                .addStreamTracerFactory(calls)
                .maxInboundMessageSize(MESSAGE_BYTES)
                .maxInboundMetadataSize(METADATA_BYTES)
                .maxConcurrentCallsPerConnection(16)
                .maxRstFramesPerWindow(100, 30)
                .handshakeTimeout(5, TimeUnit.SECONDS)
                .maxConnectionIdle(1, TimeUnit.MINUTES)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(false);
        services.forEach(builder::addService);
        if (!settings.isPlain()) {
            builder.sslContext(tls(shown));
        }
        try {
            PeopleServer started = new PeopleServer(builder.build().start(), loop, List.of(door.metrics(PORT), calls));
            ScheduledFuture<?> unused = loop.scheduleWithFixedDelay(admittance::endThoseOver, 1, 1, TimeUnit.SECONDS);
            return started;
        } catch (IOException e) {
            end(loop);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(List.of("people.listen: "
                    + settings.listen().getHostString() + ":"
                    + settings.listen().getPort()
                    + " cannot be opened (" + cause.getMessage() + "); stop what uses it or name another address"));
        }
    }

    private static SslContext tls(LiveChain shown) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(shown), SslProvider.JDK)
                    .clientAuth(ClientAuth.NONE)
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }

    /** What is served. */
    public List<ServerServiceDefinition> services() {
        return server.getServices();
    }

    /** Who comes, and what is called. */
    public List<MetricSource> metrics() {
        return metrics;
    }

    /** The port that was opened. */
    public int port() {
        return server.getPort();
    }

    /** Cuts what is under way: a question is asked again. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(loop);
    }

    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
