package dev.plumbline.collector.ingest;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsMaterial;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
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
    private static final int METADATA_BYTES = 8 << 10;
    private static final int CALLS_PER_CONNECTION = 16;
    /** An agent takes back no call, an operator one now and then (CVE-2023-44487 begins and takes back thousands a second). */
    private static final int CALLS_TAKEN_BACK = 100;

    private static final int TAKEN_BACK_WITHIN_SECONDS = 30;

    private final Server server;

    private CollectorServer(Server server) {
        this.server = server;
    }

    /** Opens the port of a site that has revoked nobody. */
    public static CollectorServer start(InetSocketAddress listen, TlsMaterial own, List<BindableService> services)
            throws ConfigException {
        return start(listen, own, services, Revocations.NONE);
    }

    /** Opens the port with a certificate that is not replaced. */
    public static CollectorServer start(
            InetSocketAddress listen, TlsMaterial own, List<BindableService> services, Revocations revocations)
            throws ConfigException {
        return start(listen, new LiveIdentity(own), services, revocations);
    }

    /**
     * Opens the port.
     *
     * @param revocations who is refused in the handshake, and at each call of a session that is resumed
     * @throws ConfigException when it cannot be opened, with a sentence that names it
     */
    public static CollectorServer start(
            InetSocketAddress listen, LiveIdentity own, List<BindableService> services, Revocations revocations)
            throws ConfigException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(listen)
                .sslContext(tls(own, revocations))
                .intercept(new Identity(revocations, Clock.systemUTC()))
                .maxInboundMessageSize(Bounds.MESSAGE_BYTES)
                .maxInboundMetadataSize(METADATA_BYTES)
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(CALLS_TAKEN_BACK, TAKEN_BACK_WITHIN_SECONDS)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(false);
        services.forEach(builder::addService);
        PeerNoise.keepOut();
        try {
            return new CollectorServer(builder.build().start());
        } catch (IOException e) {
            throw new ConfigException(List.of("listen: " + listen.getHostString() + ":" + listen.getPort()
                    + " cannot be opened (" + reason(e) + "); stop what uses it or name another address"));
        }
    }

    /** The port that was opened. */
    public int port() {
        return server.getPort();
    }

    private static SslContext tls(LiveIdentity own, Revocations revocations) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(own), SslProvider.JDK)
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

    /** Ends streams within three seconds, then cuts them. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(3, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(3, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
