package dev.plumbline.agent.helper;

import dev.plumbline.agent.helper.HelperSettings.Place;
import dev.plumbline.agent.hold.Quiet;
import dev.plumbline.agent.net.Loops;
import dev.plumbline.agent.time.Ticker;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Serves the echoes, on a loop of its own so that guests cannot make the agent's probes late. At most 128 connections, 16
 * of one address, and 100 new ones a second, 20 of one address, each of them at most one handshake; a TLS echo lasts three hours and 4 KiB, an HTTP one ten seconds and 8 KiB; 500 datagrams a second are
 * answered, 20 of one address.
 */
final class EchoServer implements AutoCloseable {
    /** Longer than the longest age that an agent may be told to hold. */
    private static final Duration LONGEST_TLS = Duration.ofHours(3);

    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LONGEST_HTTP = Duration.ofSeconds(10);
    private static final int BACKLOG = 128;
    private static final long GOODBYE_MILLIS = 1000;

    private final Loops loops = Loops.open(1);
    private final ConnectionLimit guests = new ConnectionLimit(128, 16);
    private final Rate arrivals = new Rate(100, 20);
    private final Rate rate = new Rate(500, 20);
    private final ChannelGroup talking = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final SslContext tls;
    private final Ticker ticker;

    private EchoServer(SslContext tls, Ticker ticker) {
        this.tls = tls;
        this.ticker = ticker;
    }

    /** A place cannot be listened on; the message says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    static EchoServer with(HelperKey key, Ticker ticker) {
        try {
            return new EchoServer(
                    SslContextBuilder.forServer(key.key(), key.certificate())
                            .sslProvider(SslProvider.JDK)
                            // Nothing older, which would let a guest shake hands again and again.
                            .protocols("TLSv1.3")
                            .build(),
                    ticker);
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS for a P-256 key", e);
        }
    }

    /** Begins to serve there; returns where it listens. */
    InetSocketAddress listen(Place listen) throws Refused {
        ChannelFuture bound = switch (listen.kind()) {
            case TLS -> tcp(listen.at(), LONGEST_TLS, this::tlsEcho);
            case HTTP ->
                tcp(listen.at(), LONGEST_HTTP, channel -> channel.pipeline().addLast(new HttpEcho()));
            case UDP -> loops.datagrams().handler(new UdpEcho(rate, ticker)).bind(listen.at());
        };
        bound.awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw new Refused(String.valueOf(cause.getMessage()));
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private ChannelFuture tcp(InetSocketAddress at, Duration longest, Consumer<Channel> pipeline) {
        return loops.listener(BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new AdmissionHandler(guests, arrivals, ticker, longest));
                        pipeline.accept(channel);
                    }
                })
                .bind(at);
    }

    private void tlsEcho(Channel channel) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(LONGEST_HANDSHAKE.toMillis());
        channel.pipeline().addLast(handler, new TlsEcho());
        talking.add(channel);
    }

    /** Whoever holds a connection is told, so that the end is not taken for a box's doing. */
    @Override
    public void close() {
        talking.writeAndFlush(Unpooled.copiedBuffer(Quiet.HELPER_ENDS, StandardCharsets.US_ASCII))
                .awaitUninterruptibly(GOODBYE_MILLIS);
        loops.close();
    }
}
