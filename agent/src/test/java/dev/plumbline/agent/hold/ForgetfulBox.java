package dev.plumbline.agent.hold;

import dev.plumbline.agent.net.Loops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A box on the way, on loopback: forwards a connection and, some time after its last byte, no longer knows it. */
final class ForgetfulBox implements AutoCloseable {
    private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final ChannelOption<Integer> IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", 0, 21);

    /** How a connection is forgotten. */
    enum Manner {
        /** Never. */
        NEVER,
        /** Nothing is taken any more, not even an acknowledgement is sent: the kernel drops all that comes with a TTL below 255. */
        SILENT,
        RST,
        FIN,
        /** A RST in answer to the next byte. */
        RST_AFTER_WRITE
    }

    private final Loops loops = Loops.open(1);
    private final Channel server;

    ForgetfulBox(InetSocketAddress to, Manner manner, Duration after) {
        this(to, manner, after, 0);
    }

    /** @param ttl with which it sends what is its own; 0 for that of the system, as the peer behind it seems to have */
    ForgetfulBox(InetSocketAddress to, Manner manner, Duration after, int ttl) {
        server = loops.listener(10)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.config().setAutoRead(false);
                        client.pipeline().addLast(new Side(to, manner, after, ttl));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress socketAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    private static final class Side extends ChannelInboundHandlerAdapter {
        private final InetSocketAddress to;
        private final Manner manner;
        private final Duration after;
        private final int ttl;
        private @Nullable Channel upstream;
        private @Nullable Future<?> timer;
        private boolean forgotten;

        Side(InetSocketAddress to, Manner manner, Duration after, int ttl) {
            this.to = to;
            this.manner = manner;
            this.after = after;
            this.ttl = ttl;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel client = context.channel();
            new Bootstrap()
                    .group(client.eventLoop())
                    .channel(EpollSocketChannel.class)
                    .handler(new Back(client))
                    .connect(to)
                    .addListener((ChannelFutureListener) connected -> {
                        upstream = connected.channel();
                        client.config().setAutoRead(true);
                    });
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (forgotten) {
                ReferenceCountUtil.release(bytes);
                reset(context.channel());
                return;
            }
            Objects.requireNonNull(upstream).writeAndFlush(bytes);
            remember(context.channel());
        }

        private void remember(Channel client) {
            stopTimer();
            timer = client.eventLoop().schedule(() -> forget(client), after.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void forget(Channel client) {
            if (ttl > 0) {
                client.config().setOption(IP_TTL, ttl);
            }
            switch (manner) {
                case NEVER -> {}
                case SILENT -> client.config().setOption(IP_MINTTL, 255);
                case RST -> reset(client);
                case FIN -> client.close();
                case RST_AFTER_WRITE -> forgotten = true;
            }
        }

        private static void reset(Channel client) {
            client.config().setOption(ChannelOption.SO_LINGER, 0);
            client.close();
        }

        private void stopTimer() {
            Future<?> running = timer;
            if (running != null) {
                running.cancel(false);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            stopTimer();
            Channel there = upstream;
            if (there != null) {
                there.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static final class Back extends ChannelInboundHandlerAdapter {
        private final Channel client;

        Back(Channel client) {
            this.client = client;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            client.writeAndFlush(bytes);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            client.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
