package dev.plumbline.agent.hostile;

import dev.plumbline.agent.net.LittleServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** What a hostile server has in its hands: one accepted connection, in the clear or behind TLS. */
public final class Wire {
    private static final int FLOOD_BYTES = 1 << 16;

    private final Socket socket;
    private final AtomicLong written;

    Wire(Socket socket, AtomicLong written) {
        this.socket = socket;
        this.written = written;
    }

    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Every character one byte. */
    public void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        written.addAndGet(bytes.length);
    }

    /** The same again and again, until the client has had enough. */
    public void flood(byte[] bytes) throws IOException {
        byte[] much = new byte[Math.max(1, FLOOD_BYTES / bytes.length) * bytes.length];
        for (int at = 0; at < much.length; at++) {
            much[at] = bytes[at % bytes.length];
        }
        while (!socket.isClosed()) {
            say(much);
        }
    }

    public void flood(String text) throws IOException {
        flood(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One byte at a time, beginning anew at the end, until the client has had enough. */
    public void drip(byte[] bytes) throws IOException {
        for (int at = 0; !socket.isClosed(); at++) {
            say(new byte[] {bytes[at % bytes.length]});
            pause();
        }
    }

    public void drip(String text) throws IOException {
        drip(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server was stopped");
        }
    }

    /** Reads a request up to its empty line; the body, if any, stays. */
    public void request() throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in().read();
            if (next < 0) {
                throw new IOException("the client left before it asked");
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
    }

    /** Reads a whole TLS record, such as the one with the ClientHello. */
    public void record() throws IOException {
        byte[] head = in().readNBytes(5);
        if (head.length == 5) {
            in().readNBytes((head[3] & 0xff) << 8 | (head[4] & 0xff));
        }
    }

    /** Shakes hands as a server, in HTTP/1.1 if asked, then goes on behind TLS. */
    void secured(SSLContext context, Hostile.Script then) throws IOException {
        LittleServer.tls(context, false, List.of("http/1.1"), inner -> then.play(new Wire(inner, written)))
                .serve(socket);
    }

    /** Waits for the client to leave. */
    public void silence() throws IOException {
        byte[] buffer = new byte[4096];
        int read = in().read(buffer);
        while (read >= 0) {
            read = in().read(buffer);
        }
    }

    /** Ends the connection by FIN and waits for the client to leave. */
    public void close() throws IOException {
        socket.shutdownOutput();
        silence();
    }

    /** Ends the connection by RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
