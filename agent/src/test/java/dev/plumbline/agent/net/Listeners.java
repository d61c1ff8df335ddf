package dev.plumbline.agent.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Ports on loopback that behave badly. */
public final class Listeners {
    private Listeners() {}

    /** A port that nobody listens on: connecting brings a RST. */
    public static InetSocketAddress closed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
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
