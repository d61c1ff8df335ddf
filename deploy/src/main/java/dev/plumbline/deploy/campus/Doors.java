package dev.plumbline.deploy.campus;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The listeners of one segment, each opened when a connection first needs it. */
final class Doors {
    private record Door(Set<HostKind> kinds, Treatment treatment, InetAddress loopback) {}

    private final Internet internet;
    private final TlsFront.NameFilter filter;
    private final Map<Door, InetSocketAddress> open = new ConcurrentHashMap<>();

    Doors(Internet internet, TlsFront.NameFilter filter) {
        this.internet = internet;
        this.filter = filter;
    }

    InetSocketAddress door(Set<HostKind> kinds, Treatment treatment, InetAddress loopback) {
        return open.computeIfAbsent(new Door(kinds, treatment, loopback), this::open);
    }

    private InetSocketAddress open(Door door) {
        InetSocketAddress any = new InetSocketAddress(door.loopback, 0);
        if (door.treatment.kind() == Treatment.Kind.STALL) {
            ServerBootstrap stall = stream(new Conversation(internet, filter, HostKind.TCP, door.treatment));
            return FreePorts.both(
                    any, stall, datagram(new Datagrams(Datagrams.Service.SILENT)), internet.connections());
        }
        Optional<ServerBootstrap> tcp = first(door, HostKind::isTcp)
                .map(kind -> stream(new Conversation(internet, filter, kind, door.treatment)));
        Optional<Bootstrap> udp = first(door, HostKind::isUdp).map(kind -> datagram(kind, door.treatment));
        if (tcp.isPresent() && udp.isPresent()) {
            return FreePorts.both(any, tcp.get(), udp.get(), internet.connections());
        }
        return FreePorts.one(any, tcp.isPresent() ? tcp.get() : udp.orElseThrow(), internet.connections());
    }

    private static Optional<HostKind> first(Door door, Predicate<HostKind> wanted) {
        return door.kinds.stream().filter(wanted).sorted().findFirst();
    }

    private ServerBootstrap stream(ChannelInitializer<Channel> conversation) {
        return new ServerBootstrap()
                .group(internet.loops())
                .channel(NioServerSocketChannel.class)
                .childHandler(conversation);
    }

    private Bootstrap datagram(HostKind kind, Treatment treatment) {
        if (kind == HostKind.HTTP3 && QuicFront.isPossible()) {
            return datagram(new QuicFront(name -> internet.quic(name, treatment)));
        }
        return datagram(new Datagrams(Datagrams.Service.of(kind)));
    }

    private Bootstrap datagram(ChannelHandler handler) {
        return new Bootstrap()
                .group(internet.loops())
                .channel(NioDatagramChannel.class)
                .handler(handler);
    }
}
