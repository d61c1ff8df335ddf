package dev.plumbline.agent.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends an exchange when more was received than any honest answer of the wanted size takes, whatever it consists of: frames and
 * chunks that carry nothing cost the agent as much as a body. Stands nearer to the socket than what takes them apart.
 */
final class Ration extends ChannelInboundHandlerAdapter {
    /** For headers, and for what a server says before and beside its answer. */
    private static final long ROOM_BYTES = 256 << 10;

    private final Answer answer;
    private long left;

    /** @param bodyBytes how much of a body is wanted; its frames and chunks may take as much again */
    Ration(Answer answer, long bodyBytes) {
        this.answer = answer;
        this.left = ROOM_BYTES + 2 * bodyBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        left -= message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        if (left < 0) {
            ReferenceCountUtil.release(message);
            answer.malformed("far more bytes than belong to the " + answer.bodyBytes() + " of the body");
        } else {
            context.fireChannelRead(message);
        }
    }
}
