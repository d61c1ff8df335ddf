package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Endpoints;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** Sends back what comes, up to a bound; {@link Whence} is answered. */
final class TlsEcho extends ChannelInboundHandlerAdapter {
    static final int MAX_BYTES = 4 << 10;

    private int echoed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && echoed + bytes.readableBytes() <= MAX_BYTES) {
            echoed += bytes.readableBytes();
            context.writeAndFlush(answer(context, bytes));
        } else {
            ReferenceCountUtil.release(message);
            context.close();
        }
    }

    private static ByteBuf answer(ChannelHandlerContext context, ByteBuf bytes) {
        Optional<byte[]> whence = bytes.readableBytes() == Whence.BYTES
                ? Whence.answer(
                        ByteBufUtil.getBytes(bytes),
                        Endpoints.of(context.channel().remoteAddress()))
                : Optional.empty();
        if (whence.isEmpty()) {
            return bytes;
        }
        bytes.release();
        return Unpooled.wrappedBuffer(whence.get());
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
