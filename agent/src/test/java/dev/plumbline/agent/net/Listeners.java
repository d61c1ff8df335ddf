package dev.plumbline.agent.net;

import dev.plumbline.loopback.HeldPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Ports on loopback that behave badly. */
public final class Listeners {
    private Listeners() {}

    /** A TCP port that nobody listens on: connecting brings a RST. */
    public static Closed closed() throws IOException {
        HeldPort holder = new HeldPort();
        return new Closed(holder.socketAddress(), holder::close);
    }

    /** A UDP port that hears nobody: asking brings an ICMP error. */
    public static Closed deaf() throws IOException {
        DatagramSocket holder = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        InetSocketAddress address = (InetSocketAddress) holder.getLocalSocketAddress();
        // Connected to itself it hears itself only, and it says nothing.
        holder.connect(address);
        return new Closed(address, holder);
    }

    /** Holds its port as long as it is open. */
    public static final class Closed implements AutoCloseable {
        private final InetSocketAddress address;
        private final Closeable holder;

        private Closed(InetSocketAddress address, Closeable holder) {
            this.address = address;
            this.holder = holder;
        }

        public InetSocketAddress socketAddress() {
            return address;
        }

        @Override
        public void close() throws IOException {
            holder.close();
        }
    }

    /** A port whose backlog is full: the kernel drops every further SYN. */
    public static Silent silent() throws IOException {
        return new Silent();
    }

    /** Keeps the backlog full until closed. */
    public static final class Silent implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> fill = new ArrayList<>();

        private Silent() throws IOException {
            boolean full = false;
            while (!full) {
                Socket socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(server.getLocalSocketAddress(), 200);
                } catch (IOException silence) {
                    full = true;
                }
            }
        }

        public InetSocketAddress socketAddress() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : fill) {
                socket.close();
            }
            server.close();
        }
    }
}
