package dev.plumbline.deploy.campus;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A QUIC server up to the handshake: it negotiates versions, shows the certificate of the name that was asked for and takes
 * what comes then without a word. Where this host has no QUIC, {@link QuicAnswer} negotiates alone.
 */
final class QuicFront extends ChannelInitializer<Channel> {
    private static final long IDLE_SECONDS = 10;
    private static final long MOST_BYTES = 16 * 1024;
    private static final long MOST_STREAMS = 4;

    private final QuicSslContext context;

    /** @param identity the context for a name */
    QuicFront(Function<String, QuicSslContext> identity) {
        context = QuicSslContextBuilder.buildForServerWithSni(name -> identity.apply(name == null ? "" : name));
    }

    static boolean isPossible() {
        return Quic.isAvailable();
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new QuicServerCodecBuilder()
                        .sslContext(context)
                        .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
                        .initialMaxData(MOST_BYTES)
                        .initialMaxStreamDataUnidirectional(MOST_BYTES)
                        .initialMaxStreamDataBidirectionalRemote(MOST_BYTES)
                        .initialMaxStreamsUnidirectional(MOST_STREAMS)
                        .initialMaxStreamsBidirectional(MOST_STREAMS)
                        .handler(new Sink())
                        .streamHandler(new Sink())
                        .build());
    }

    /** A client that goes away in the middle is nothing to speak of. */
    @ChannelHandler.Sharable
    private static final class Sink extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }
}
