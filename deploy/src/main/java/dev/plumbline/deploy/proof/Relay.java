package dev.plumbline.deploy.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line between agents and a collector that can keep the collector's answers back: then what an agent sends arrives, and
 * its acknowledgement does not.
 */
final class Relay implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_KEPT = 1 << 20;

    private final ServerSocket server;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean keepsBack;
    private volatile boolean closed;

    private Relay(ServerSocket server, int to) {
        this.server = server;
        this.to = to;
    }

    /** @param to the collector's port */
    static Relay open(int to) throws Trouble {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(Loopback.home(), 0));
            Relay relay = new Relay(server, to);
            daemon(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new Trouble("no port of loopback can be had", e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on answers wait. */
    synchronized void keepBack() {
        keepsBack = true;
    }

    synchronized void letGo() {
        keepsBack = false;
        notifyAll();
    }

    /** What went to the collector, the first megabyte of it. */
    synchronized byte[] sent() {
        return sent.toByteArray();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = server.accept();
                open.add(near);
                Socket far = new Socket();
                open.add(far);
                far.connect(new InetSocketAddress(Loopback.home(), to));
                daemon(() -> pass(near, far, true));
                daemon(() -> pass(far, near, false));
            } catch (IOException e) {
                // Closed, or the collector is away: whoever came meets the end of the connection.
                open.removeIf(Relay::isNowhere);
            }
        }
    }

    private static boolean isNowhere(Socket socket) {
        if (socket.isConnected() && !socket.isClosed()) {
            return false;
        }
        end(socket);
        return true;
    }

    private void pass(Socket from, Socket into, boolean isForward) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                if (isForward) {
                    note(buffer, read);
                } else {
                    awaitLeave();
                }
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // Either end was killed.
        } finally {
            end(from);
            end(into);
            open.remove(from);
            open.remove(into);
        }
    }

    private synchronized void note(byte[] bytes, int length) {
        if (sent.size() + length <= MOST_KEPT) {
            sent.write(bytes, 0, length);
        }
    }

    private synchronized void awaitLeave() throws IOException {
        while (keepsBack && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone then.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        letGo();
        server.close();
        open.forEach(Relay::end);
    }
}
