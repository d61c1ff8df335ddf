package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** Sends a datagram back as it is, or answers {@link Whence}: never longer than the question, so that there is nothing to gain by forging one. */
final class UdpEcho extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int SYSTEM_PORTS = 1024;

    private final Rate rate;
    private final Ticker ticker;

    UdpEcho(Rate rate, Ticker ticker) {
        this.rate = rate;
        this.ticker = ticker;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket question) {
        // An answer to a server's port could begin a game of ping-pong between two servers.
        boolean server = question.sender().getPort() < SYSTEM_PORTS;
        if (!server && rate.passes(question.sender().getAddress(), ticker.nanos())) {
            ByteBuf answer = Whence.answer(ByteBufUtil.getBytes(question.content()), Endpoints.of(question.sender()))
                    .map(Unpooled::wrappedBuffer)
                    .orElseGet(() -> question.content().retain());
            context.writeAndFlush(new DatagramPacket(answer, question.sender()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // One unreachable asker is no reason to close to all others.
    }
}
