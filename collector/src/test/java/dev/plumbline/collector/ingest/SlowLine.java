package dev.plumbline.collector.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line to a port of this host that carries 80 kB a second at most towards whoever comes. */
final class SlowLine implements AutoCloseable {
    private static final int PIECE = 4096;
    private static final int PIECE_MILLIS = 50;

    private final ServerSocket door;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private SlowLine(ServerSocket door, int port) {
        this.door = door;
        this.port = port;
    }

    static SlowLine to(int port) throws IOException {
        SlowLine line = new SlowLine(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), port);
        begin(line::carry);
        return line;
    }

    int port() {
        return door.getLocalPort();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception ended) {
                // One of the two ends has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void carry() throws IOException {
        Socket agent = door.accept();
        open.add(agent);
        Socket collector = new Socket();
        open.add(collector);
        collector.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        begin(() -> agent.getInputStream().transferTo(collector.getOutputStream()));
        begin(() -> slowly(collector.getInputStream(), agent.getOutputStream()));
    }

    private static void slowly(InputStream in, OutputStream out) throws IOException, InterruptedException {
        byte[] piece = new byte[PIECE];
        try (in;
                out) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                Thread.sleep(PIECE_MILLIS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
