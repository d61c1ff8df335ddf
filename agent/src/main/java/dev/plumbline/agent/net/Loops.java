package dev.plumbline.agent.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one owner of event loops: whoever opens it closes it, and every socket of the agent's probes lives on it. */
public final class Loops implements AutoCloseable {
    private final EventLoopGroup group;
    private final boolean epoll;
    private final List<EventLoop> all;
    private final EventLoop desk = new DefaultEventLoop(new DefaultThreadFactory("round", true));

    private Loops(EventLoopGroup group, boolean epoll, int threads) {
        this.group = group;
        this.epoll = epoll;
        List<EventLoop> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            loops.add(group.next());
        }
        this.all = List.copyOf(loops);
    }

    /** Loops on epoll where the kernel and the native library allow it, else on NIO. */
    public static Loops open(int threads) {
        DefaultThreadFactory names = new DefaultThreadFactory("probe", true);
        boolean epoll = Epoll.isAvailable();
        return new Loops(
                new MultiThreadIoEventLoopGroup(
                        threads, names, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()),
                epoll,
                threads);
    }

    /** As many loops as a probe agent needs on this host. */
    public static Loops open() {
        return open(Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())));
    }

    public EventLoop next() {
        return group.next();
    }

    /** A loop without sockets, for work that must not make a time-out late. */
    public EventLoop desk() {
        return desk;
    }

    /** Every loop with sockets once. */
    public List<EventLoop> all() {
        return all;
    }

    /** True when TCP_INFO, TTL and hop-limit options are at hand. */
    public boolean isEpoll() {
        return epoll;
    }

    /** {@code epoll} or {@code nio}, with the reason for the latter. */
    public String transport() {
        if (epoll) {
            return "epoll";
        }
        Throwable cause = Epoll.unavailabilityCause();
        return "nio (no epoll: " + (cause == null ? "not Linux" : cause.getMessage()) + ")";
    }

    Bootstrap tcp(EventLoop loop) {
        return new Bootstrap().group(loop).channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    Bootstrap udp(EventLoop loop) {
        return new Bootstrap().group(loop).channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class);
    }

    /** For a server on these loops; its children live on them, too. */
    public ServerBootstrap listener(int backlog) {
        return new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true);
    }

    /** For a server of datagrams. */
    public Bootstrap datagrams() {
        return udp(next());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        desk.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
