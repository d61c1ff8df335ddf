package dev.plumbline.agent.helper;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Sends back what comes, up to a bound. */
final class TlsEcho extends ChannelInboundHandlerAdapter {
    static final int MAX_BYTES = 4 << 10;

    private int echoed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && echoed + bytes.readableBytes() <= MAX_BYTES) {
            echoed += bytes.readableBytes();
            context.writeAndFlush(bytes);
        } else {
            ReferenceCountUtil.release(message);
            context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Who does not read what is sent back is not read from.
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
