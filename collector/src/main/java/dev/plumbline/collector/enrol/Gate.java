package dev.plumbline.collector.enrol;

import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A listening socket that lets only so many strangers in at once, altogether and from one address: who is over the bound is
 * closed before a byte of a handshake is read. On its event loop's thread, but for the ends of connections.
 */
public final class Gate extends NioServerSocketChannel {
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> inside = new HashMap<>();
    private int all;

    /**
     * @param most connections at once
     * @param mostOfOne connections from one address at once, of IPv6 from one /64
     */
    public Gate(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        for (int i = accepted.size() - 1; i >= before; i--) {
            if (accepted.get(i) instanceof SocketChannel channel && !admit(channel)) {
                accepted.remove(i);
                channel.unsafe().closeForcibly();
            }
        }
        return read;
    }

    private boolean admit(SocketChannel channel) {
        if (channel.remoteAddress() == null) {
            return false; // gone already
        }
        String from = neighbourhood(channel.remoteAddress().getAddress());
        synchronized (inside) {
            if (all >= most || inside.getOrDefault(from, 0) >= mostOfOne) {
                return false;
            }
            all++;
            inside.merge(from, 1, Integer::sum);
        }
        channel.closeFuture().addListener(closed -> leave(from));
        return true;
    }

    private void leave(String from) {
        synchronized (inside) {
            all--;
            inside.computeIfPresent(from, (address, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Whoever has one IPv6 address has 2^64 of them. */
    static String neighbourhood(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            prefix.append(String.format("%02x", bytes[i]));
        }
        return prefix + "::/64";
    }
}
