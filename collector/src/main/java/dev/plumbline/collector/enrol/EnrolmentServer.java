package dev.plumbline.collector.enrol;

import dev.plumbline.collector.ingest.Bounds;
import dev.plumbline.collector.ingest.CallCounts;
import dev.plumbline.collector.ingest.Door;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.metrics.MetricSource;
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
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The port for hosts that have no certificate yet. It is a port of its own, so that the one for agents stays closed to whoever
 * has none, and so that a firewall can open it for the day of a roll-out alone. All of it runs on one thread: strangers cannot
 * take more of the collector than that.
 */
final class EnrolmentServer implements AutoCloseable {
    private static final int MESSAGE_BYTES = 16 << 10;
    private static final int METADATA_BYTES = 4 << 10;

    /** A port where nobody proves who he is lets in no members. */
    private static final int NOBODY = 0;

    private static final String PORT = "enrolment";

    private final Server server;
    private final EventLoopGroup loop;
    private final List<MetricSource> metrics;

    private EnrolmentServer(Server server, EventLoopGroup loop, List<MetricSource> metrics) {
        this.server = server;
        this.loop = loop;
        this.metrics = metrics;
    }

    /**
     * Opens the port.
     *
     * @param authority is shown after the collector's chain, where hosts look for the fingerprint of their token
     * @throws ConfigException when it cannot be opened, with a sentence that names it
     */
    static EnrolmentServer start(
            InetSocketAddress listen, LiveIdentity own, List<X509Certificate> authority, EnrolmentService service)
            throws ConfigException {
        Door door = new Door(Bounds.HOSTS, NOBODY, NOBODY);
        CallCounts calls = new CallCounts(PORT, List.of(service));
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Server server = NettyServerBuilder.forAddress(listen)
                .channelFactory(door::gate)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .directExecutor()
                .sslContext(tls(own, authority))
                .intercept(new EnrolmentService.Origin())
                .addStreamTracerFactory(calls)
                .addService(service)
                .maxInboundMessageSize(MESSAGE_BYTES)
                .maxInboundMetadataSize(METADATA_BYTES)
                .maxConcurrentCallsPerConnection(2)
                .maxRstFramesPerWindow(10, 30)
                .handshakeTimeout(5, TimeUnit.SECONDS)
                .maxConnectionAge(15, TimeUnit.SECONDS)
                .maxConnectionAgeGrace(5, TimeUnit.SECONDS)
                .permitKeepAliveTime(1, TimeUnit.MINUTES)
                .build();
        try {
            return new EnrolmentServer(server.start(), loop, List.of(door.metrics(PORT), calls));
        } catch (IOException e) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(List.of("enrolment.listen: " + listen.getHostString() + ":" + listen.getPort()
                    + " cannot be opened (" + cause.getMessage() + "); stop what uses it or name another address"));
        }
    }

    private static SslContext tls(LiveIdentity own, List<X509Certificate> authority) {
        try {
            return GrpcSslContexts.configure(
                            SslContextBuilder.forServer(own.shown().showing(authority)), SslProvider.JDK)
                    .clientAuth(ClientAuth.NONE)
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }

    List<ServerServiceDefinition> services() {
        return server.getServices();
    }

    List<MetricSource> metrics() {
        return metrics;
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(3, TimeUnit.SECONDS);
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
