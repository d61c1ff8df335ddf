package dev.plumbline.agent.net;

import dev.plumbline.words.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** RFC 9113 by hand, for one request on a connection: greeting, headers as literals that nobody compressed, a body. */
public final class LittleHttp2 {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private LittleHttp2() {}

    /** One answer. */
    public record Reply(int status, Map<String, String> headers, Bytes body) {
        public Reply(int status, String header, String value, String body) {
            this(status, Map.of(header, value), Bytes.of(body.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** Answers the first request by the text of its headers, in which short values are readable. */
    public static LittleServer.Manner answers(Function<String, Reply> replies) {
        return socket -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
            greet(socket);
            String asked = "";
            int type = -1;
            int flags = 0;
            int stream = 0;
            while ((type != HEADERS && type != DATA) || (flags & END_STREAM) == 0) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                type = in.readUnsignedByte();
                flags = in.readUnsignedByte();
                stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                asked = type == HEADERS ? new String(payload, StandardCharsets.ISO_8859_1) : asked;
            }
            reply(socket, stream, replies.apply(asked));
            in.readNBytes(1 << 20);
        };
    }

    private static void reply(Socket socket, int stream, Reply reply) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        literal(headers, ":status", Integer.toString(reply.status()));
        reply.headers().forEach((name, value) -> literal(headers, name, value));
        frame(socket, HEADERS, END_HEADERS, stream, headers.toByteArray());
        frame(socket, DATA, END_STREAM, stream, reply.body().toArray());
    }

    /** The empty SETTINGS with which a server begins. */
    public static void greet(Socket socket) throws IOException {
        frame(socket, SETTINGS, 0, 0, new byte[0]);
    }

    private static void frame(Socket socket, int type, int flags, int stream, byte[] payload) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private static void literal(ByteArrayOutputStream out, String name, String value) {
        out.write(0);
        text(out, name);
        text(out, value);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
