package dev.plumbline.agent.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** A real QUIC server on loopback behind a box that lets some versions pass. */
public final class LittleQuic implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    /** @param passes by the version in the long header of what comes; what has a short header passes */
    public LittleQuic(TestCertificate certificate, String alpn, IntPredicate passes) {
        QuicSslContext context = QuicSslContextBuilder.forServer(
                        certificate.key(), null, certificate.chain().toArray(X509Certificate[]::new))
                .applicationProtocols(alpn)
                .build();
        channel = new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline()
                                .addLast(new Box(passes))
                                .addLast(new QuicServerCodecBuilder()
                                        .sslContext(context)
                                        .maxIdleTimeout(5, TimeUnit.SECONDS)
                                        .initialMaxData(1000)
                                        .handler(new Quiet())
                                        .streamHandler(new Quiet())
                                        .build());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    public InetSocketAddress socketAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    /** What the client does is the client's test. */
    @ChannelHandler.Sharable
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }

    private static final class Box extends ChannelInboundHandlerAdapter {
        private final IntPredicate passes;

        Box(IntPredicate passes) {
            this.passes = passes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            boolean longHeader = packet.content().getByte(0) < 0;
            if (longHeader && !passes.test(packet.content().getInt(1))) {
                ReferenceCountUtil.release(message);
            } else {
                context.fireChannelRead(message);
            }
        }
    }
}
