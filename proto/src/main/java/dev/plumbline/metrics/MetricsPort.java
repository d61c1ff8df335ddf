package dev.plumbline.metrics;

import dev.plumbline.config.ConfigException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small port of plain HTTP that answers {@code GET /metrics} and nothing else. Whoever reaches it costs a bounded amount: a few
 * connections, short requests, one page at a time, a deadline from one answer to the next.
 */
public final class MetricsPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPort.class);

    /** Two monitoring systems, somebody who looks, and room for connections that are being left. */
    static final int MOST_CONNECTIONS = 16;

    private static final int LINE_BYTES = 1024;
    private static final int HEADERS_BYTES = 8 << 10;
    private static final int NO_BODY = 0;

    /** A port that is taken may be free again, and an address may come: it is tried again, ever more seldom. */
    private static final long FIRST_PAUSE_SECONDS = 1;

    private static final long LONGEST_PAUSE_SECONDS = 60;

    private final InetSocketAddress listen;
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("metrics", true), NioIoHandler.newFactory());
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("metrics page", true));
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerBootstrap bootstrap;
    private volatile @Nullable Channel channel;

    private MetricsPort(InetSocketAddress listen, Exposition exposition, Optional<ScrapeToken> token) {
        this.listen = listen;
        this.bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.closeFuture().addListener(closed -> connections.decrementAndGet());
                        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
                            connection.close();
                            return;
                        }
                        connection
                                .pipeline()
                                .addLast(new HttpServerCodec(LINE_BYTES, HEADERS_BYTES, HEADERS_BYTES))
                                // Questions that came together are answered one after the other, in their order.
                                .addLast(new FlowControlHandler())
                                .addLast(new HttpObjectAggregator(NO_BODY, true))
                                .addLast(new HttpContentCompressor(StandardCompressionOptions.gzip()))
                                .addLast(new MetricsAnswers(exposition, token, writer));
                    }
                });
    }

    /**
     * Whoever is to open the port asks this before anything else is opened.
     *
     * @throws ConfigException when the token cannot be read, with a sentence
     */
    public static void check(MetricsSettings settings) throws ConfigException {
        Optional<ScrapeToken> unused = token(settings);
    }

    private static Optional<ScrapeToken> token(MetricsSettings settings) throws ConfigException {
        return settings.token().isPresent()
                ? Optional.of(ScrapeToken.read(settings.token().get()))
                : Optional.empty();
    }

    /**
     * Opens the port. Where it cannot be opened that is logged and tried again: no program ends because nobody can see how it is.
     *
     * @throws ConfigException when its token cannot be read, with a sentence
     */
    public static MetricsPort open(MetricsSettings settings, Exposition exposition) throws ConfigException {
        MetricsPort port = new MetricsPort(settings.listen(), exposition, token(settings));
        port.tried(port.bootstrap.bind(port.listen).awaitUninterruptibly(), FIRST_PAUSE_SECONDS);
        return port;
    }

    private void tried(ChannelFuture bound, long pauseSeconds) {
        if (bound.isSuccess()) {
            channel = bound.channel();
            say((InetSocketAddress) bound.channel().localAddress());
            return;
        }
        if (pauseSeconds == FIRST_PAUSE_SECONDS) {
            LOG.error(
                    "metrics.listen: {} cannot be opened ({}); stop what uses it or name another address; all else goes on, and this"
                            + " is tried again",
                    NetUtil.toSocketAddressString(listen),
                    bound.cause().getMessage());
        }
        try {
            Future<?> unused = loop.schedule(() -> again(pauseSeconds), pauseSeconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // The program ends.
        }
    }

    private void again(long pausedSeconds) {
        long next = Math.min(2 * pausedSeconds, LONGEST_PAUSE_SECONDS);
        bootstrap.bind(listen).addListener((ChannelFutureListener) bound -> tried(bound, next));
    }

    private static void say(InetSocketAddress opened) {
        String where = "metrics at http://" + NetUtil.toSocketAddressString(opened) + "/metrics";
        if (opened.getAddress().isLoopbackAddress()) {
            LOG.info("{}", where);
        } else {
            LOG.warn(
                    "{}, in plain text: whoever listens on the way reads them and the token; let it be a network for management, or"
                            + " listen on 127.0.0.1 and put a proxy with TLS before it",
                    where);
        }
    }

    /** The port that was opened; empty while it could not be. */
    public Optional<Integer> port() {
        return Optional.ofNullable(channel).map(opened -> ((InetSocketAddress) opened.localAddress()).getPort());
    }

    @Override
    public void close() {
        Channel opened = channel;
        if (opened != null) {
            opened.close().awaitUninterruptibly(3, TimeUnit.SECONDS);
        }
        writer.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
