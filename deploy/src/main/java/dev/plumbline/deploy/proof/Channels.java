package dev.plumbline.deploy.proof;

import dev.plumbline.identity.TlsMaterial;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Connections to a collector for whoever has a certificate, all on two threads. Whom they reach is not looked at: that is not what is tried. */
final class Channels implements AutoCloseable {
    private static final int MESSAGE_BYTES = 64 << 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    /** Whose threads wait for nobody. */
    EventLoopGroup loops() {
        return loops;
    }

    /** @param from the local address */
    ManagedChannel open(int port, TlsMaterial own, InetAddress from) {
        try {
            return NettyChannelBuilder.forAddress(new InetSocketAddress(Loopback.home(), port))
                    .overrideAuthority("collector.plumbline.invalid")
                    .sslContext(GrpcSslContexts.configure(
                                    SslContextBuilder.forClient()
                                            .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                                            .trustManager(InsecureTrustManagerFactory.INSTANCE),
                                    SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .build())
                    .eventLoopGroup(loops)
                    .channelType(NioSocketChannel.class)
                    .localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                        @Override
                        public java.net.SocketAddress createSocketAddress(
                                java.net.SocketAddress remote, io.grpc.Attributes attributes) {
                            return new InetSocketAddress(from, 0);
                        }
                    })
                    .directExecutor()
                    .maxInboundMessageSize(MESSAGE_BYTES)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }

    /** Cuts a connection. */
    static void cut(ManagedChannel channel) {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
}
