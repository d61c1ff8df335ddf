package dev.plumbline.collector.ingest;

import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * One way of being hostile to the collector's port.
 *
 * @param admitted true when it has a certificate of the site, and so speaks HTTP/2 (RFC 9113) behind TLS; false when it speaks
 *     to the port in the clear
 */
record HostilePeer(String name, boolean admitted, Script script) {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PUSH_PROMISE = 5;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int HANDSHAKE = 22;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CALL = join(
            new byte[] {(byte) 0x83, (byte) 0x87},
            literal(":path", "/plumbline.v1.AgentGateway/Connect"),
            literal(":authority", "collector"),
            literal("content-type", "application/grpc"),
            literal("te", "trailers"));

    private static final byte[] HELLO = ConnectRequest.newBuilder()
            .setHello(Hello.newBuilder()
                    .setIncarnation(Fields.uuid(new UUID(6, 6)))
                    .setAgentTime(Fields.timestamp(Instant.EPOCH)))
            .build()
            .toByteArray();

    /** What it does with a connection that stands; the end of the connection shows as an exception. */
    @FunctionalInterface
    interface Script {
        void play(Socket socket) throws IOException;
    }

    static List<HostilePeer> all() {
        List<HostilePeer> all = new ArrayList<>(strangers());
        all.addAll(members());
        return all;
    }

    private static List<HostilePeer> strangers() {
        byte[] noise = new byte[1 << 14];
        new Random(11).nextBytes(noise);
        byte[] part = new byte[1 << 12];
        return List.of(
                stranger("noise without end", new byte[0], noise),
                stranger("zeros without end", new byte[0], new byte[1 << 14]),
                stranger("a request in the clear", new byte[0], text("GET / HTTP/1.1\r\nhost: collector\r\n\r\n")),
                stranger("HTTP/2 in the clear", PREFACE, frame(SETTINGS, 0, 0, new byte[0])),
                stranger("records without content", new byte[0], new byte[] {HANDSHAKE, 3, 3, 0, 0}),
                stranger("warnings without end", new byte[0], new byte[] {21, 3, 3, 0, 2, 1, 90}),
                stranger(
                        "a hello of sixteen megabytes",
                        join(new byte[] {HANDSHAKE, 3, 1, 0, 4, 1, -1, -1, -1}),
                        join(new byte[] {HANDSHAKE, 3, 3, 0x10, 0}, part)),
                new HostilePeer("a hello byte by byte", false, socket -> {
                    socket.getOutputStream().write(new byte[] {HANDSHAKE, 3, 1, 0x40, 0, 1, 0, 0x3f, -4, 3, 3});
                    drip(socket.getOutputStream());
                }),
                new HostilePeer("silence", false, socket -> {}),
                new HostilePeer("an end at once", false, Socket::shutdownOutput),
                new HostilePeer("a reset at once", false, HostilePeer::reset));
    }

    private static List<HostilePeer> members() {
        return List.of(
                new HostilePeer("silence after the handshake", true, socket -> {}),
                new HostilePeer("a greeting byte by byte", true, socket -> {
                    for (byte one : join(PREFACE, frame(SETTINGS, 0, 0, new byte[6 * 100]))) {
                        socket.getOutputStream().write(one);
                        pause(1000);
                    }
                }),
                new HostilePeer(
                        "a connection without a call",
                        true,
                        socket -> socket.getOutputStream().write(greeting())),
                new HostilePeer(
                        "a stream without a hello",
                        true,
                        socket ->
                                socket.getOutputStream().write(join(greeting(), frame(HEADERS, END_HEADERS, 1, CALL)))),
                new HostilePeer("a message byte by byte", true, socket -> {
                    socket.getOutputStream()
                            .write(join(
                                    greeting(),
                                    frame(HEADERS, END_HEADERS, 1, CALL),
                                    frame(DATA, 0, 1, message(HELLO.length, HELLO)),
                                    frame(DATA, 0, 1, message(1 << 20, new byte[0]))));
                    while (true) {
                        socket.getOutputStream().write(frame(DATA, 0, 1, new byte[1]));
                        pause(1000);
                    }
                }),
                member("no greeting but noise", text("nonsense nonsense nonsense\r\n"), text("nonsense\r\n")),
                member("settings without end", greeting(), frame(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, -1, -1})),
                member("settings that mean nothing", greeting(), frame(SETTINGS, 0, 0, new byte[] {0, 4, -1, -1, -1, -1
                })),
                member("pings without end", greeting(), frame(PING, 0, 0, new byte[8])),
                member("a window beyond all numbers", greeting(), frame(WINDOW_UPDATE, 0, 0, new byte[] {127, -1, -1, -1
                })),
                member(
                        "a frame of sixteen megabytes",
                        join(greeting(), new byte[] {-1, -1, -1, 0, 0, 0, 0, 0, 1}),
                        new byte[1000]),
                member("data without a call", greeting(), frame(DATA, 0, 1, new byte[1000])),
                member("a promise, which no client makes", greeting(), frame(PUSH_PROMISE, END_HEADERS, 1, new byte[] {
                    0, 0, 0, 2
                })),
                member(
                        "headers without end",
                        join(greeting(), frame(HEADERS, 0, 1, CALL)),
                        frame(CONTINUATION, 0, 1, literal("x", "y".repeat(100)))),
                member(
                        "continuations of nothing",
                        join(greeting(), frame(HEADERS, 0, 1, CALL)),
                        frame(CONTINUATION, 0, 1, new byte[0])),
                member(
                        "a header that names itself ten thousand times",
                        greeting(),
                        frame(HEADERS, END_HEADERS, 1, bomb())),
                member("headers that cannot be unpacked", greeting(), frame(HEADERS, END_HEADERS, 1, new byte[] {
                    -1, -1, -1, -1, -1, -1
                })),
                new HostilePeer("calls begun and taken back without end", true, socket -> {
                    OutputStream out = socket.getOutputStream();
                    out.write(greeting());
                    for (int stream = 1; stream > 0; stream += 2) {
                        out.write(join(
                                frame(HEADERS, END_HEADERS, stream, CALL),
                                frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8})));
                    }
                }),
                member(
                        "a message that is longer than any",
                        join(greeting(), frame(HEADERS, END_HEADERS, 1, CALL), frame(DATA, 0, 1, new byte[] {
                            0, 127, -1, -1, -1
                        })),
                        frame(DATA, 0, 1, new byte[1 << 14])),
                member(
                        "messages that are none",
                        join(greeting(), frame(HEADERS, END_HEADERS, 1, CALL)),
                        frame(DATA, 0, 1, join(new byte[] {0, 0, 0, 0, 100}, noise()))));
    }

    /** With its length before it (gRPC over HTTP2, Length-Prefixed-Message). */
    private static byte[] message(int length, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(length)
                .put(content)
                .array();
    }

    private static byte[] noise() {
        byte[] noise = new byte[100];
        new Random(3).nextBytes(noise);
        return noise;
    }

    private static HostilePeer stranger(String name, byte[] first, byte[] then) {
        return new HostilePeer(name, false, socket -> flood(socket.getOutputStream(), first, then));
    }

    private static HostilePeer member(String name, byte[] first, byte[] then) {
        return new HostilePeer(name, true, socket -> flood(socket.getOutputStream(), first, then));
    }

    /** Many at once, as fast as the other end takes them. */
    private static void flood(OutputStream out, byte[] first, byte[] then) throws IOException {
        out.write(first);
        byte[] many = new byte[Math.max(1, (1 << 14) / then.length) * then.length];
        for (int at = 0; at < many.length; at += then.length) {
            System.arraycopy(then, 0, many, at, then.length);
        }
        while (true) {
            out.write(many);
        }
    }

    private static void drip(OutputStream out) throws IOException {
        while (true) {
            out.write(0);
            pause(20);
        }
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("the test is over");
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static byte[] greeting() {
        return join(PREFACE, frame(SETTINGS, 0, 0, new byte[0]));
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
        return join(new byte[] {0, (byte) name.length()}, text(name), new byte[] {(byte) value.length()}, text(value));
    }

    /** One field kept in the table (RFC 7541 §6.2.1), then its index again and again. */
    private static byte[] bomb() {
        byte[] field = literal("x", "y".repeat(120));
        field[0] = 0x40;
        byte[] again = new byte[10_000];
        java.util.Arrays.fill(again, (byte) (0x80 | 62));
        return join(CALL, field, again);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
