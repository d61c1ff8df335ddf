package dev.plumbline.agent.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends an exchange when more was received than any honest answer takes, whatever it consists of: frames and chunks that carry
 * nothing cost the agent as much as a body. Stands nearer to the socket than what takes them apart.
 */
final class Ration extends ChannelInboundHandlerAdapter {
    /** For headers, for what a server says before and beside its answer, and for what is read and not yet taken apart. */
    private static final long ROOM_BYTES = 256 << 10;

    private final Answer answer;
    private long received;

    /** The body's own frames and chunks may take as much again as the body that came so far. */
    Ration(Answer answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        received += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        if (received > ROOM_BYTES + 2 * answer.bodyBytes()) {
            ReferenceCountUtil.release(message);
            answer.malformed("far more bytes than belong to the " + answer.bodyBytes() + " of the body");
        } else {
            context.fireChannelRead(message);
        }
    }
}
