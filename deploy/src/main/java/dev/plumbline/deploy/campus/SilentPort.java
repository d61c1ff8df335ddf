package dev.plumbline.deploy.campus;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A port that swallows everything: the kernel drops a SYN when the queue of unaccepted connections is full (Linux with
 * {@code tcp_abort_on_overflow=0}, the default), and nobody reads its datagrams.
 */
final class SilentPort implements Closeable {
    private static final int BACKLOG = 1;
    private static final int MOST_FILLERS = 16;
    private static final Duration PATIENCE = Duration.ofMillis(80);
    /** The queue holds one more than its backlog; until then a slow connect is a busy host and no full queue. */
    private static final Duration PATIENCE_BEFORE_FULL = Duration.ofSeconds(20);

    private final ServerSocketChannel server;
    private final DatagramChannel datagrams;
    private final List<SocketChannel> fillers = new ArrayList<>();
    private final InetSocketAddress address;

    SilentPort(InetAddress loopback) throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0), BACKLOG);
        address = (InetSocketAddress) server.getLocalAddress();
        datagrams = DatagramChannel.open();
        try {
            datagrams.bind(address);
            fill();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    private void fill() throws IOException {
        while (fillers.size() < MOST_FILLERS) {
            Duration patience = fillers.size() > BACKLOG ? PATIENCE : PATIENCE_BEFORE_FULL;
            SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.configureBlocking(false);
            if (!filler.connect(address) && !connects(filler, patience)) {
                // This one found the queue full. It must not stay: it would take the first place that becomes free.
                fillers.remove(filler);
                filler.close();
                return;
            }
        }
        throw new IOException("the queue of " + address + " never filled: this kernel cannot play a silent drop");
    }

    private static boolean connects(SocketChannel filler, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        // Looked at once more after the end: this thread itself may have stood still for all of the patience.
        while (!filler.finishConnect()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        datagrams.close();
        server.close();
    }
}
