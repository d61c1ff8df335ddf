package dev.plumbline.agent.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;

/** Turns the request that leaves first into one for a proxy, so that conversations need not know of it. */
final class AbsoluteForm extends ChannelOutboundHandlerAdapter {
    private final ProxyWay way;

    AbsoluteForm(ProxyWay way) {
        this.way = way;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            context.write(message, promise);
            return;
        }
        ByteBuf rewritten = rewrite(bytes);
        context.pipeline().remove(this);
        context.write(rewritten, promise);
    }

    private ByteBuf rewrite(ByteBuf request) {
        int blank = request.bytesBefore((byte) ' ');
        int endOfLine = request.bytesBefore((byte) '\n');
        if (blank < 0 || endOfLine < blank) {
            return request;
        }
        return Unpooled.wrappedBuffer(
                request.readRetainedSlice(blank + 1),
                ascii(way.origin()),
                request.readRetainedSlice(endOfLine - blank),
                ascii(way.authorizationLine()),
                request);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
