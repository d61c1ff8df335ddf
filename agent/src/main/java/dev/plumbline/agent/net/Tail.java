package dev.plumbline.agent.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Stands last in every pipeline: drops what no stage wants to hear, so that nothing leaks and nothing is logged. */
@ChannelHandler.Sharable
public final class Tail extends ChannelInboundHandlerAdapter {
    static final Tail INSTANCE = new Tail();
    private static final String NAME = "tail";

    private Tail() {}

    static void install(Channel channel) {
        channel.pipeline().addLast(NAME, INSTANCE);
    }

    /** Adds the handlers of a stage, in order, behind those of the stages before. */
    public static void addBefore(Channel channel, ChannelHandler... handlers) {
        for (ChannelHandler handler : handlers) {
            channel.pipeline().addBefore(NAME, null, handler);
        }
    }

    /**
     * Closes a UDP channel once its loop is done with what it is at. The native datagram channel goes on reading after a
     * handler that closes it, by the number of a descriptor which by then may be another socket's.
     */
    public static void closeLater(Channel channel) {
        channel.eventLoop().execute(channel::close);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
