package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.EXCHANGE_CLOSED;
import static dev.plumbline.words.FailureKind.EXCHANGE_MALFORMED;
import static dev.plumbline.words.FailureKind.EXCHANGE_RESET;
import static dev.plumbline.words.FailureKind.EXCHANGE_SILENT;
import static dev.plumbline.words.FailureKind.NONE;

import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.words.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Hostile frames of HTTP/2 (RFC 9113), by hand. */
final class HostileHttp2 {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PUSH_PROMISE = 5;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private static final Set<FailureKind> BROKEN = Set.of(EXCHANGE_MALFORMED, EXCHANGE_CLOSED, EXCHANGE_RESET);

    private HostileHttp2() {}

    static List<Hostile> all() {
        byte[] ok = literal(":status", "200");
        byte[] interim = literal(":status", "103");
        return List.of(
                then("settings without end", false, BROKEN, SETTINGS, new byte[6]),
                then("pings without end", false, BROKEN, PING, new byte[8]),
                floods(
                        "continued headers without end",
                        false,
                        BROKEN,
                        stream -> frame(HEADERS, 0, stream, ok),
                        stream -> frame(CONTINUATION, 0, stream, literal("x", "y".repeat(100)))),
                floods(
                        "empty continuations without end",
                        false,
                        BROKEN,
                        stream -> frame(HEADERS, 0, stream, ok),
                        stream -> frame(CONTINUATION, 0, stream, new byte[0])),
                floods(
                        "a header that names itself ten thousand times",
                        false,
                        BROKEN,
                        stream -> frame(HEADERS, END_HEADERS, stream, bomb()),
                        stream -> new byte[0]),
                floods(
                        "interim answers without end",
                        false,
                        BROKEN,
                        stream -> new byte[0],
                        stream -> frame(HEADERS, END_HEADERS, stream, interim)),
                floods(
                        "data without headers",
                        false,
                        BROKEN,
                        stream -> new byte[0],
                        stream -> frame(DATA, 0, stream, new byte[1000])),
                floods(
                        "data without end",
                        false,
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        stream -> frame(HEADERS, END_HEADERS, stream, ok),
                        stream -> frame(DATA, 0, stream, new byte[1000])),
                floods(
                        "empty data without end",
                        false,
                        BROKEN,
                        stream -> frame(HEADERS, END_HEADERS, stream, ok),
                        stream -> frame(DATA, 0, stream, new byte[0])),
                floods(
                        "a frame of sixteen megabytes",
                        false,
                        BROKEN,
                        stream -> new byte[] {-1, -1, -1, DATA, 0, 0, 0, 0, 3},
                        stream -> new byte[100]),
                floods(
                        "a window beyond all numbers",
                        false,
                        BROKEN,
                        stream -> new byte[0],
                        stream -> frame(WINDOW_UPDATE, 0, stream, new byte[] {127, -1, -1, -1})),
                floods(
                        "promises that nobody wants",
                        false,
                        BROKEN,
                        stream -> new byte[0],
                        stream -> frame(PUSH_PROMISE, END_HEADERS, stream, new byte[] {0, 0, 0, 2})),
                floods(
                        "a status that is none",
                        true,
                        Set.of(NONE, EXCHANGE_MALFORMED, EXCHANGE_CLOSED),
                        stream -> frame(HEADERS, END_HEADERS | END_STREAM, stream, literal(":status", "-7")),
                        stream -> new byte[0]),
                floods(
                        "frames of other streams",
                        false,
                        BROKEN,
                        stream -> new byte[0],
                        stream -> frame(DATA, 0, stream + 1000, new byte[100])),
                floods(
                        "frames of no kind",
                        true,
                        Set.of(EXCHANGE_SILENT, EXCHANGE_MALFORMED),
                        stream -> new byte[0],
                        stream -> frame(99, 0, stream, new byte[100])),
                floods(
                        "a farewell, then silence",
                        true,
                        Set.of(EXCHANGE_SILENT, EXCHANGE_MALFORMED, EXCHANGE_CLOSED),
                        stream -> frame(GOAWAY, 0, 0, new byte[8]),
                        stream -> new byte[0]),
                floods(
                        "a stream that is reset",
                        false,
                        BROKEN,
                        stream -> frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 7}),
                        stream -> new byte[0]),
                floods(
                        "headers that cannot be unpacked",
                        false,
                        BROKEN,
                        stream -> frame(HEADERS, END_HEADERS, stream, new byte[] {-1, -1, -1, -1, -1, -1}),
                        stream -> new byte[0]),
                Hostile.ends("HTTP/1.1 where h2 was agreed", Layer.HTTP2, BROKEN, wire -> {
                    wire.say("HTTP/1.1 400 Bad Request\r\n\r\n");
                    wire.silence();
                }),
                Hostile.ends(
                        "an end after the greeting",
                        Layer.HTTP2,
                        BROKEN,
                        wire -> wire.say(frame(SETTINGS, 0, 0, new byte[0]))));
    }

    @FunctionalInterface
    private interface Frames {
        byte[] on(int stream);
    }

    private static Hostile then(String name, boolean lasts, Set<FailureKind> ends, int type, byte[] payload) {
        return floods(name, lasts, ends, stream -> new byte[0], stream -> frame(type, 0, 0, payload));
    }

    /** Greets, hears the request, says the first and goes on with the second; nothing of it is silence. */
    private static Hostile floods(String name, boolean lasts, Set<FailureKind> ends, Frames first, Frames second) {
        return new Hostile(name, Layer.HTTP2, lasts, ends, wire -> {
            wire.say(frame(SETTINGS, 0, 0, new byte[0]));
            int stream = stream(wire);
            wire.say(first.on(stream));
            if (second.on(stream).length > 0) {
                wire.flood(second.on(stream));
            }
            wire.silence();
        });
    }

    /** Reads up to the request's headers. */
    private static int stream(Wire wire) throws IOException {
        DataInputStream in = new DataInputStream(wire.in());
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int stream = in.readInt();
            in.readNBytes(length);
            if (type == HEADERS) {
                return stream;
            }
        }
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A header field without any index (RFC 7541 §6.2.2). */
    private static byte[] literal(String name, String value) {
        return field(0, name, value);
    }

    private static byte[] field(int kind, String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** One field kept in the table (RFC 7541 §6.2.1), then its index again and again. */
    private static byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(field(0x40, "x", "y".repeat(120)));
        for (int i = 0; i < 10_000; i++) {
            out.write(0x80 | 62);
        }
        return out.toByteArray();
    }
}
