package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.NONE;
import static dev.plumbline.words.FailureKind.TLS_ALERT;
import static dev.plumbline.words.FailureKind.TLS_CLOSED;
import static dev.plumbline.words.FailureKind.TLS_MALFORMED;
import static dev.plumbline.words.FailureKind.TLS_RESET;
import static dev.plumbline.words.FailureKind.TLS_SILENT;

import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.words.FailureKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Hostile in the middle of a handshake: records and messages by hand, in the clear as far as TLS 1.2 has them so. */
final class HostileTls {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION = 23;
    private static final int HELLO_REQUEST = 0;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int TEN_MEGABYTES = 10 << 20;

    /** A library may answer what it does not understand by an alert of its own and see the connection close first. */
    private static final Set<FailureKind> MALFORMED = Set.of(TLS_MALFORMED, TLS_CLOSED, TLS_RESET);

    private HostileTls() {}

    static List<Hostile> all() {
        byte[] noise = new byte[512];
        new Random(5).nextBytes(noise);
        return List.of(
                floods("empty records without end", record(HANDSHAKE, new byte[0])),
                floods("records of sixty-five thousand bytes", record(HANDSHAKE, new byte[65_535])),
                floods("warnings without end", record(ALERT, new byte[] {1, 90})),
                floods("application data before the handshake", record(APPLICATION, new byte[100])),
                floods("requests for another handshake without end", record(HANDSHAKE, message(HELLO_REQUEST, 0))),
                says("a hello of noise", MALFORMED, record(HANDSHAKE, message(SERVER_HELLO, noise.length, noise))),
                says("an alert of no kind", Set.of(TLS_ALERT, TLS_MALFORMED, TLS_CLOSED), record(ALERT, new byte[] {
                    2, (byte) 200
                })),
                Hostile.ends("a hello of ten megabytes in full records", Layer.TLS, MALFORMED, wire -> {
                    wire.record();
                    wire.say(record(HANDSHAKE, message(SERVER_HELLO, TEN_MEGABYTES)));
                    wire.flood(record(HANDSHAKE, new byte[1 << 14]));
                }),
                Hostile.ends("a chain of ten megabytes in full records", Layer.TLS, MALFORMED, wire -> {
                    wire.record();
                    wire.say(record(HANDSHAKE, hello()));
                    wire.say(record(HANDSHAKE, message(CERTIFICATE, TEN_MEGABYTES)));
                    wire.flood(record(HANDSHAKE, new byte[1 << 14]));
                }),
                Hostile.lasts("a record byte by byte", Layer.TLS, Set.of(TLS_SILENT), wire -> {
                    wire.record();
                    wire.say(new byte[] {HANDSHAKE, 3, 3, 0x40, 0});
                    wire.drip(message(SERVER_HELLO, 1 << 14));
                }),
                Hostile.lasts("a hello in records of one byte", Layer.TLS, Set.of(TLS_SILENT, TLS_MALFORMED), wire -> {
                    wire.record();
                    for (byte one : message(SERVER_HELLO, 80)) {
                        wire.say(record(HANDSHAKE, new byte[] {one}));
                    }
                    wire.silence();
                }),
                Hostile.lasts("a hello, then silence", Layer.TLS, Set.of(TLS_SILENT), wire -> {
                    wire.record();
                    wire.say(record(HANDSHAKE, hello()));
                    wire.silence();
                }),
                Hostile.ends("a reset in the hello", Layer.TLS, Set.of(TLS_RESET, TLS_CLOSED), wire -> {
                    wire.record();
                    wire.say(new byte[] {HANDSHAKE, 3, 3, 0});
                    wire.reset();
                }),
                says("an end in the hello", Set.of(TLS_CLOSED, TLS_RESET), new byte[] {HANDSHAKE, 3, 3, 0}),
                says("a certificate of noise", MALFORMED, record(HANDSHAKE, hello()), record(HANDSHAKE, chain(noise))),
                says("no certificate", MALFORMED, record(HANDSHAKE, hello()), record(HANDSHAKE, chain())),
                says(
                        "certificates longer than their list",
                        MALFORMED,
                        record(HANDSHAKE, hello()),
                        record(HANDSHAKE, message(CERTIFICATE, 6, new byte[] {0, 0, 3, 127, -1, -1}))),
                says(
                        "a certificate with a name of sixty kilobytes cut off",
                        MALFORMED,
                        record(HANDSHAKE, hello()),
                        record(HANDSHAKE, chain(new byte[] {0x30, (byte) 0x82, -1, -1, 0x30, (byte) 0x82, -1, -1}))),
                new Hostile(
                        "a chain of a hundred certificates",
                        Layer.TLS,
                        false,
                        Set.of(NONE),
                        LongChain.of(100).shown()),
                new Hostile(
                        "a chain of six hundred certificates",
                        Layer.TLS,
                        false,
                        MALFORMED,
                        LongChain.of(600).shown()));
    }

    private static Hostile says(String name, Set<FailureKind> ends, byte[]... records) {
        return Hostile.ends(name, Layer.TLS, ends, wire -> {
            wire.record();
            for (byte[] record : records) {
                wire.say(record);
            }
            wire.close();
        });
    }

    private static Hostile floods(String name, byte[] record) {
        return Hostile.ends(name, Layer.TLS, MALFORMED, wire -> {
            wire.record();
            wire.flood(record);
        });
    }

    /** RFC 5246 §6.2.1. */
    private static byte[] record(int type, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) type)
                .putShort((short) 0x0303)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    /** RFC 5246 §7.4: a message that says it is so long, and as much of it as is given. */
    private static byte[] message(int type, int length, byte... content) {
        return ByteBuffer.allocate(4 + content.length)
                .putInt(type << 24 | length)
                .put(content)
                .array();
    }

    /** A ServerHello that agrees on TLS 1.2, ECDHE and ECDSA (RFC 5246 §7.4.1.3). */
    private static byte[] hello() {
        byte[] random = new byte[32];
        new Random(6).nextBytes(random);
        ByteBuffer hello = ByteBuffer.allocate(38).putShort((short) 0x0303).put(random);
        hello.put((byte) 0).putShort((short) 0xc02b).put((byte) 0);
        return message(SERVER_HELLO, 38, hello.array());
    }

    /** RFC 5246 §7.4.2. */
    private static byte[] chain(byte[]... certificates) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (byte[] certificate : certificates) {
            list.writeBytes(length(certificate.length));
            list.writeBytes(certificate);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(length(list.size()));
        content.writeBytes(list.toByteArray());
        return message(CERTIFICATE, content.size(), content.toByteArray());
    }

    private static byte[] length(int bytes) {
        return new byte[] {(byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes};
    }
}
