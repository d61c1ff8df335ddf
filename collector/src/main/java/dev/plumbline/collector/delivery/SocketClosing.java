package dev.plumbline.collector.delivery;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Ends what is under way on a socket from another thread. */
final class SocketClosing {
    private SocketClosing() {}

    static void close(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Whoever uses it meets the same.
            }
        }
    }
}
