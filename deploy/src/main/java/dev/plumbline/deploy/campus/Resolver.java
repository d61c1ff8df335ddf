package dev.plumbline.deploy.campus;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The resolver of one segment: UDP and TCP on one port of loopback. */
final class Resolver {
    private static final int LONGEST_MESSAGE = 65535;

    private final Internet internet;
    private final Supplier<List<Fault>> faults;

    Resolver(Internet internet, Supplier<List<Fault>> faults) {
        this.internet = internet;
        this.faults = faults;
    }

    InetSocketAddress open() {
        InetAddress loopback = internet.loopbacks().get(0);
        return FreePorts.both(new InetSocketAddress(loopback, 0), tcp(), udp(), internet.connections());
    }

    private ServerBootstrap tcp() {
        return new ServerBootstrap()
                .group(internet.loops())
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        internet.connections().add(channel);
                        channel.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(LONGEST_MESSAGE, 0, 2, 0, 2),
                                        new LengthFieldPrepender(2),
                                        new StreamHandler());
                    }
                });
    }

    private Bootstrap udp() {
        return new Bootstrap()
                .group(internet.loops())
                .channel(NioDatagramChannel.class)
                .handler(new DatagramHandler());
    }

    /** @param envelope puts a reply into what the channel sends */
    private void answer(ChannelHandlerContext ctx, ByteBuf query, boolean tcp, Function<ByteBuf, Object> envelope) {
        DnsQuestion.parse(ByteBufUtil.getBytes(query)).ifPresent(question -> {
            Answers.Answer answer = Answers.decide(internet.zone(), faults.get(), question, tcp);
            answer.message().ifPresent(message -> {
                Object reply = envelope.apply(Unpooled.wrappedBuffer(message.toArray()));
                var unused = ctx.executor()
                        .schedule(
                                () -> {
                                    var unusedWrite = ctx.writeAndFlush(reply, ctx.voidPromise());
                                },
                                answer.delay().toMillis(),
                                TimeUnit.MILLISECONDS);
            });
        });
    }

    /** Shared, since a bootstrap whose first port is taken binds again with the same handler. */
    @ChannelHandler.Sharable
    private final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            InetSocketAddress asker = packet.sender();
            answer(ctx, packet.content(), false, reply -> new DatagramPacket(reply, asker));
        }

        /** An asker that went away shows as port unreachable. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
    }

    private final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf query) {
            answer(ctx, query, true, reply -> reply);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var unused = ctx.close();
        }
    }
}
