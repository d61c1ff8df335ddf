package dev.plumbline.collector;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;

/** HTTP/2 by hand over one connection (RFC 9113): what no client would send, and no more of the answers than is wanted. */
public final class HttpFrames implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final Socket socket;
    private final InputStream in;
    private final Http2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
    private final Map<Integer, Integer> statuses = new HashMap<>();
    private final Set<Integer> whole = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private int latest = -1;
    private boolean isAnswered;

    private HttpFrames(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param window so many bytes of each answer are taken */
    public static HttpFrames begin(Socket socket, int window) throws IOException {
        HttpFrames frames = new HttpFrames(socket);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frames.takeAtMost(window);
        return frames;
    }

    /** Of each answer, also of those that wait. */
    public void takeAtMost(int window) throws IOException {
        ByteBuf setting = Unpooled.buffer().writeShort(INITIAL_WINDOW_SIZE).writeInt(window);
        write(SETTINGS, 0, 0, ByteBufUtil.getBytes(setting));
        if (window > 0) {
            write(WINDOW_UPDATE, 0, 0, ByteBufUtil.getBytes(Unpooled.buffer().writeInt(1 << 24)));
        }
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuf frame = Unpooled.buffer()
                .writeMedium(payload.length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeBytes(payload);
        socket.getOutputStream().write(ByteBufUtil.getBytes(frame));
        socket.getOutputStream().flush();
    }

    /**
     * Asks.
     *
     * @param isWhole whether no body follows
     * @param more names and values of headers
     * @return the number of its stream
     */
    public int ask(String method, String path, String token, boolean isWhole, String... more) throws Exception {
        latest += 2;
        Http2Headers headers = new DefaultHttp2Headers()
                .method(method)
                .scheme("https")
                .authority("x")
                .path(path);
        if (!token.isEmpty()) {
            headers.add("authorization", "Bearer " + token);
        }
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        encoder.encodeHeaders(latest, headers, block);
        write(HEADERS, END_HEADERS | (isWhole ? END_STREAM : 0), latest, ByteBufUtil.getBytes(block));
        return latest;
    }

    public int get(String path, String token) throws Exception {
        return ask("GET", path, token, true);
    }

    /** The last of a body. */
    public void send(int stream, String body) throws IOException {
        write(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until the peer has read all that was sent. */
    public void settle() throws Exception {
        isAnswered = false;
        write(PING, 0, 0, new byte[8]);
        while (!isAnswered) {
            if (!read()) {
                throw new EOFException("the connection ended");
            }
        }
    }

    /** Waits for the beginning of an answer. */
    public int status(int stream) throws Exception {
        while (!statuses.containsKey(stream)) {
            if (!read()) {
                throw new EOFException("the connection ended before stream " + stream + " was answered");
            }
        }
        return statuses.get(stream);
    }

    /** Waits for the end of an answer. */
    public void end(int stream) throws Exception {
        while (!whole.contains(stream)) {
            if (!read()) {
                throw new EOFException("the connection ended before stream " + stream + " did");
            }
        }
    }

    /** All bodies so far. */
    public String text() {
        return text.toString();
    }

    /** Waits until the peer ends the connection. */
    public void awaitEnd() throws Exception {
        boolean isOpen = true;
        while (isOpen) {
            isOpen = read();
        }
    }

    /** One frame; false at the end of the connection. */
    private boolean read() throws Exception {
        byte[] head;
        byte[] payload;
        try {
            head = in.readNBytes(9);
            if (head.length < 9) {
                return false;
            }
            payload = in.readNBytes(Unpooled.wrappedBuffer(head).getUnsignedMedium(0));
        } catch (SocketException | SSLException | EOFException e) {
            return false;
        }
        int flags = head[4];
        int stream = Unpooled.wrappedBuffer(head).getInt(5);
        switch (head[3]) {
            case DATA -> text.append(new String(payload, StandardCharsets.UTF_8));
            case HEADERS -> {
                CharSequence status = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload))
                        .status();
                if (status != null) {
                    statuses.put(stream, Integer.parseInt(status.toString()));
                }
            }
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    write(SETTINGS, ACK, 0, new byte[0]);
                }
            }
            case PING -> isAnswered |= (flags & ACK) != 0;
            default -> {
                // Nothing is done about it.
            }
        }
        if ((head[3] == DATA || head[3] == HEADERS) && (flags & END_STREAM) != 0) {
            whole.add(stream);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
