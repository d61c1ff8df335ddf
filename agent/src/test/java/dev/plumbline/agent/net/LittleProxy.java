package dev.plumbline.agent.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback: every way through it ends at one server, whatever was asked for. */
public final class LittleProxy implements AutoCloseable {
    private final LittleServer server;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private LittleProxy(Answer answer) throws IOException {
        server = new LittleServer(socket -> {
            String head = head(socket.getInputStream());
            heads.add(head);
            answer.to(head, socket);
        });
    }

    private LittleProxy(LittleServer.Manner afterHead) throws IOException {
        this((head, socket) -> afterHead.serve(socket));
    }

    @FunctionalInterface
    private interface Answer {
        void to(String head, Socket socket) throws IOException;
    }

    /** Lets through who knows the password, and says the challenge to others. */
    public static LittleProxy guarded(String authorization, String challenge, InetSocketAddress onward)
            throws IOException {
        return guarded(authorization, challenge, socket -> {
            say(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
            relay(socket, onward);
        });
    }

    /** Says the one to who knows the password, and the challenge to others. */
    public static LittleProxy guarded(String authorization, String challenge, String answer) throws IOException {
        return guarded(authorization, challenge, socket -> farewell(socket, answer));
    }

    private static LittleProxy guarded(String authorization, String challenge, LittleServer.Manner known)
            throws IOException {
        return new LittleProxy((head, socket) -> {
            if (head.contains("Proxy-Authorization: " + authorization + "\r\n")) {
                known.serve(socket);
            } else {
                farewell(socket, challenge);
            }
        });
    }

    /** Begins an answer and never ends its headers. */
    public static LittleProxy drips(String beginning) throws IOException {
        return new LittleProxy(LittleServer.drips(beginning + "X-Drip: "));
    }

    /** Lets everything through. */
    public static LittleProxy open(InetSocketAddress onward) throws IOException {
        return new LittleProxy(socket -> {
            say(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
            relay(socket, onward);
        });
    }

    /** Says this instead of a tunnel. */
    public static LittleProxy says(String answer) throws IOException {
        return new LittleProxy(socket -> farewell(socket, answer));
    }

    /** Opens the tunnel and answers TLS by itself. */
    public static LittleProxy signsAnew(TestCertificate own) throws IOException {
        LittleServer.Manner tls = LittleServer.tls(own.serverContext(), false, List.of(), LittleServer.silent());
        return new LittleProxy(socket -> {
            say(socket, "HTTP/1.0 200 OK\r\nVia: x\r\n\r\n");
            tls.serve(socket);
        });
    }

    public static LittleProxy silent() throws IOException {
        return new LittleProxy(LittleServer.silent());
    }

    public InetSocketAddress socketAddress() {
        return server.socketAddress();
    }

    /** Every request head that came. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static void farewell(Socket socket, String text) throws IOException {
        say(socket, text);
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void relay(Socket near, InetSocketAddress onward) throws IOException {
        try (Socket far = new Socket(onward.getAddress(), onward.getPort())) {
            Thread back = new Thread(() -> copy(far, near), "little-proxy");
            back.setDaemon(true);
            back.start();
            copy(near, far);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // One of the two has left.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
