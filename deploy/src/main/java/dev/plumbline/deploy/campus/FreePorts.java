package dev.plumbline.deploy.campus;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;

/**
 * Opens free ports. Whoever asks for a destination does not say by which transport, so a destination that speaks over
 * both has one port number for both.
 */
final class FreePorts {
    private static final int TRIES = 20;

    private FreePorts() {}

    /** @throws IllegalStateException when this host has no such address or no free port */
    static InetSocketAddress one(InetSocketAddress any, AbstractBootstrap<?, ?> bootstrap, ChannelGroup group) {
        ChannelFuture bound = bootstrap.bind(any).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException("cannot listen on " + any.getAddress(), bound.cause());
        }
        group.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /**
     * @param any loopback address with port 0
     * @throws IllegalStateException when no port is free for both
     */
    static InetSocketAddress both(InetSocketAddress any, ServerBootstrap tcp, Bootstrap udp, ChannelGroup group) {
        ChannelFuture last = null;
        for (int i = 0; i < TRIES; i++) {
            ChannelFuture stream = tcp.bind(any).awaitUninterruptibly();
            if (!stream.isSuccess()) {
                throw new IllegalStateException("cannot listen on " + any.getAddress(), stream.cause());
            }
            Channel listener = stream.channel();
            last = udp.bind(listener.localAddress()).awaitUninterruptibly();
            if (last.isSuccess()) {
                group.add(listener);
                group.add(last.channel());
                return (InetSocketAddress) listener.localAddress();
            }
            listener.close().awaitUninterruptibly();
        }
        throw new IllegalStateException(
                "no port of " + any.getAddress() + " is free for both TCP and UDP", last == null ? null : last.cause());
    }
}
