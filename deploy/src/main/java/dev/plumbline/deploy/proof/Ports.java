package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of loopback that are ours to the end: each is held by a socket that is bound and never listens, beside which a program
 * may listen (SO_REUSEADDR), so that nobody else gets it while that program is dead.
 */
final class Ports implements AutoCloseable {
    private final List<Socket> held = new ArrayList<>();

    synchronized int take() throws Trouble {
        Socket socket = new Socket();
        held.add(socket);
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Trouble("no port of loopback can be had", e);
        }
    }

    @Override
    public synchronized void close() {
        for (Socket socket : held) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("a socket that never connected closes", e);
            }
        }
    }
}
