package dev.plumbline.deploy.campus;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** A port that is taken, so that nobody else opens it, but does not listen: the kernel answers a SYN with a reset. */
final class ClosedPort implements Closeable {
    private final SocketChannel holder;
    private final InetSocketAddress address;

    ClosedPort(InetAddress loopback) throws IOException {
        holder = SocketChannel.open().bind(new InetSocketAddress(loopback, 0));
        address = (InetSocketAddress) holder.getLocalAddress();
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
