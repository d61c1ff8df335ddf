package dev.plumbline.metrics;

import dev.plumbline.config.ConfigException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final EventLoopGroup loop;
    private final ExecutorService writer;
    private final Channel channel;

    private MetricsPort(EventLoopGroup loop, ExecutorService writer, Channel channel) {
        this.loop = loop;
        this.writer = writer;
        this.channel = channel;
    }

    /**
     * Opens the port.
     *
     * @throws ConfigException when it cannot be opened, or its token not be read, with a sentence
     */
    public static MetricsPort open(MetricsSettings settings, Exposition exposition) throws ConfigException {
        Optional<ScrapeToken> token = settings.token().isPresent()
                ? Optional.of(ScrapeToken.read(settings.token().get()))
                : Optional.empty();
        InetSocketAddress listen = settings.listen();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("metrics", true), NioIoHandler.newFactory());
        ExecutorService writer = Executors.newSingleThreadExecutor(new DefaultThreadFactory("metrics page", true));
        AtomicInteger connections = new AtomicInteger();
        ChannelFuture bound = new ServerBootstrap()
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
                                .addLast(new HttpObjectAggregator(NO_BODY, true))
                                .addLast(new HttpContentCompressor(StandardCompressionOptions.gzip()))
                                .addLast(new MetricsAnswers(exposition, token, writer));
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            end(loop, writer);
            throw new ConfigException(
                    List.of("metrics.listen: " + listen.getHostString() + ":" + listen.getPort() + " cannot be opened ("
                            + bound.cause().getMessage() + "); stop what uses it or name another address"));
        }
        MetricsPort port = new MetricsPort(loop, writer, bound.channel());
        say(listen, port.port());
        return port;
    }

    private static void say(InetSocketAddress listen, int port) {
        String where = "metrics at http://" + listen.getHostString() + ":" + port + "/metrics";
        if (listen.getAddress().isLoopbackAddress()) {
            LOG.info("{}", where);
        } else {
            LOG.warn(
                    "{}, in plain text: whoever listens on the way reads them and the token; let it be a network for management, or"
                            + " listen on 127.0.0.1 and put a proxy with TLS before it",
                    where);
        }
    }

    /** The port that was opened. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly(3, TimeUnit.SECONDS);
        end(loop, writer);
    }

    private static void end(EventLoopGroup loop, ExecutorService writer) {
        writer.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
