package dev.plumbline.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both TLS libraries take the same peer for the collector, and refuse the others with the same words. */
@Timeout(60)
final class CollectorTlsTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final SpiffeId SELF = SpiffeId.agent("campus.example", "campus", WIFI, "wifi-1");

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void theCollectorOfTheSiteIsTrusted(SslProvider provider) throws Exception {
        TestCertificate collector = new TestCertificate(
                SpiffeId.collector("campus.example", "campus").toString());
        assertThat(refusal(provider, collector, collector)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void anotherMemberOfTheSiteIsRefusedByName(SslProvider provider) throws Exception {
        TestCertificate other = new TestCertificate(
                SpiffeId.agent("campus.example", "campus", WIFI, "wifi-2").toString());
        assertThat(refusal(provider, other, other))
                .hasValue("the peer is spiffe://campus.example/site/campus/segment/wifi/agent/wifi-2,"
                        + " not spiffe://campus.example/site/campus/collector");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aCollectorOfAnotherAuthorityIsRefused(SslProvider provider) throws Exception {
        String identity = SpiffeId.collector("campus.example", "campus").toString();
        assertThat(refusal(provider, new TestCertificate(identity), new TestCertificate(identity)))
                .isPresent();
    }

    /** Why the agent does not trust the peer that listens; empty when it does. */
    private static Optional<String> refusal(SslProvider provider, TestCertificate peer, TestCertificate trusted)
            throws Exception {
        TestCertificate own = new TestCertificate(SELF.toString());
        TlsMaterial material = new TlsMaterial(own.chain(), own.key(), List.of(trusted.authority()), SELF);
        SslContext client = CollectorStream.tls(material, provider);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (LittleServer server =
                new LittleServer(LittleServer.tls(peer.serverContext(), false, List.of("h2"), LittleServer.silent()))) {
            return Optional.ofNullable(deepest(shakeHands(client, loop, server.socketAddress())))
                    .map(Throwable::getMessage);
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static @Nullable Throwable shakeHands(SslContext client, EventLoopGroup loop, InetSocketAddress server)
            throws Exception {
        CompletableFuture<Optional<Throwable>> shaken = new CompletableFuture<>();
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        SslHandler tls = client.newHandler(channel.alloc(), "collector.plumbline.invalid", 443);
                        tls.handshakeFuture().addListener(done -> shaken.complete(Optional.ofNullable(done.cause())));
                        channel.pipeline().addLast(tls);
                    }
                })
                .connect(server)
                .sync();
        return shaken.get(30, TimeUnit.SECONDS).orElse(null);
    }

    private static @Nullable Throwable deepest(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
