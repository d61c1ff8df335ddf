package dev.plumbline.collector.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line to a port of this host that can die as lines do: nothing passes any more, and nobody is told. */
final class MutedRelay implements AutoCloseable {
    private final ServerSocket listening;
    private final int to;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean isMute;

    private MutedRelay(ServerSocket listening, int to) {
        this.listening = listening;
        this.to = to;
    }

    static MutedRelay to(int port) throws IOException {
        MutedRelay relay = new MutedRelay(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), port);
        begin(relay::accept);
        return relay;
    }

    int port() {
        return listening.getLocalPort();
    }

    void mute() {
        isMute = true;
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void begin(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket from = listening.accept();
            Socket on = new Socket(InetAddress.getLoopbackAddress(), to);
            open.addAll(List.of(from, on));
            begin(() -> pass(from.getInputStream(), on.getOutputStream()));
            begin(() -> pass(on.getInputStream(), from.getOutputStream()));
        }
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
        byte[] some = new byte[8192];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            if (!isMute) {
                out.write(some, 0, read);
                out.flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
