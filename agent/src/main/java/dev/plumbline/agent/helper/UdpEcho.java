package dev.plumbline.agent.helper;

import dev.plumbline.agent.time.Ticker;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** Sends a datagram back as it is: never longer than the question, so that there is nothing to gain by forging one. */
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
            context.writeAndFlush(new DatagramPacket(question.content().retain(), question.sender()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // One unreachable asker is no reason to close to all others.
    }
}
