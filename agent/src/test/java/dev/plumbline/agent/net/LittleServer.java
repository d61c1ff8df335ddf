package dev.plumbline.agent.net;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP server on loopback, on blocking JDK sockets so that it shares nothing with the client under test. */
public final class LittleServer implements AutoCloseable {
    /** What is done with one accepted connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Manner {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "little-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Manner manner;

    public LittleServer(Manner manner) throws IOException {
        this.manner = manner;
        threads.execute(this::accept);
    }

    public InetSocketAddress socketAddress() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            manner.serve(socket);
        } catch (IOException gone) {
            // The client may leave when it has seen enough.
        } finally {
            open.remove(socket);
        }
    }

    /** Reads the ClientHello, then waits for the client to leave. */
    public static Manner silent() {
        return socket -> drain(socket.getInputStream());
    }

    /** Reads a bit and resets. */
    public static Manner resets() {
        return socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        };
    }

    /** Reads a bit and closes without a word. */
    public static Manner closes() {
        return socket -> {
            InputStream in = socket.getInputStream();
            in.read();
            // Closing with anything unread, or before more comes, would be a reset.
            socket.shutdownOutput();
            drain(in);
        };
    }

    /** Answers whatever comes with this text. */
    public static Manner says(String text) {
        return socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            drain(socket.getInputStream());
        };
    }

    /** Begins with this text and goes on letter by letter until the client leaves. */
    public static Manner drips(String beginning) {
        return socket -> {
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            while (!Thread.currentThread().isInterrupted()) {
                out.write('x');
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        };
    }

    /** Greets at once, as SSH does. */
    public static Manner greets(String text) {
        return socket -> {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            drain(socket.getInputStream());
        };
    }

    /** TLS with these protocols, then the inner manner on the decrypted connection. */
    public static Manner tls(SSLContext context, boolean asksForCertificate, List<String> alpn, Manner inner) {
        return socket -> {
            try (SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true)) {
                secure.setUseClientMode(false);
                secure.setWantClientAuth(asksForCertificate);
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setApplicationProtocols(alpn.toArray(String[]::new));
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                inner.serve(secure);
            }
        };
    }

    /** One way to speak TLS. */
    public record Tls(SSLContext context, boolean asksForCertificate, List<String> alpn, List<String> versions) {}

    /** Chooses by the ClientHello, whose bytes are given as Latin-1. */
    @FunctionalInterface
    public interface Choice {
        Tls of(String hello);
    }

    /** TLS as the ClientHello decides, then silence until the client leaves. */
    public static Manner tlsByHello(Choice choice) {
        return socket -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] header = in.readNBytes(5);
            byte[] body = in.readNBytes(((header[3] & 0xff) << 8) | (header[4] & 0xff));
            Tls tls = choice.of(new String(body, StandardCharsets.ISO_8859_1));
            byte[] consumed = Arrays.copyOf(header, header.length + body.length);
            System.arraycopy(body, 0, consumed, header.length, body.length);
            try (SSLSocket secure = (SSLSocket)
                    tls.context().getSocketFactory().createSocket(socket, new ByteArrayInputStream(consumed), true)) {
                secure.setWantClientAuth(tls.asksForCertificate());
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setApplicationProtocols(tls.alpn().toArray(String[]::new));
                parameters.setProtocols(tls.versions().toArray(String[]::new));
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                drain(secure.getInputStream());
            }
        };
    }

    /** Hands on what comes, at once, until the end. */
    public static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[4096];
        int read = in.read(buffer);
        while (read > 0) {
            out.write(buffer, 0, read);
            out.flush();
            read = in.read(buffer);
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        int read = in.read(buffer);
        while (read >= 0) {
            read = in.read(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
