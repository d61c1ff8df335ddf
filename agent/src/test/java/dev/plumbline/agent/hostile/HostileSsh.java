package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.EXCHANGE_MALFORMED;
import static dev.plumbline.words.FailureKind.EXCHANGE_SILENT;
import static dev.plumbline.words.FailureKind.NONE;

import dev.plumbline.agent.hostile.Hostile.Layer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Hostile greetings and lists of algorithms; with an identification there is an answer, whatever follows. */
final class HostileSsh {
    private static final String BANNER = "SSH-2.0-Hostile\r\n";

    /** SSH_MSG_IGNORE (RFC 4253 §11.2). */
    private static final byte[] IDLE = packet(28).put(5, (byte) 2).array();

    /** An exchange of keys that we know, and nothing else in the lists. */
    private static final byte[] ALGORITHMS = packet(80)
            .put(5, (byte) 20)
            .putInt(22, 17)
            .put(26, "curve25519-sha256".getBytes(StandardCharsets.US_ASCII))
            .array();

    private HostileSsh() {}

    /** Of so many bytes after its length, with four of padding. */
    private static ByteBuffer packet(int bytes) {
        return ByteBuffer.allocate(4 + bytes).putInt(0, bytes).put(4, (byte) 4);
    }

    static List<Hostile> all() {
        return List.of(
                Hostile.ends("a banner without end", Layer.SSH, Set.of(EXCHANGE_MALFORMED), wire -> {
                    wire.say("SSH-2.0-");
                    wire.flood("x");
                }),
                Hostile.lasts("a banner byte by byte", Layer.SSH, Set.of(EXCHANGE_SILENT, EXCHANGE_MALFORMED), wire -> {
                    wire.say("SSH-2.0-");
                    wire.drip("x");
                }),
                Hostile.ends("algorithms of four gigabytes", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.flood(new byte[] {-1});
                }),
                Hostile.lasts("algorithms byte by byte", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.say(ByteBuffer.allocate(4).putInt(35_000).array());
                    wire.drip(new byte[] {20});
                }),
                Hostile.ends("algorithms in full length, then more", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    byte[] packet = new byte[35_004];
                    ByteBuffer.wrap(packet).putInt(35_000).put((byte) 0).put((byte) 20);
                    ByteBuffer.wrap(packet).putInt(22, 34_000);
                    wire.flood(packet);
                }),
                Hostile.ends("a reset among the algorithms", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.say(ByteBuffer.allocate(40).putInt(35_000).array());
                    wire.in().readNBytes(4);
                    wire.reset();
                }),
                Hostile.ends("packets that say nothing, without end", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.flood(IDLE);
                }),
                Hostile.ends("a host key of four gigabytes", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.say(ALGORITHMS);
                    wire.say(packet(40).put(5, (byte) 31).putInt(6, -1).array());
                    wire.in().readNBytes(4);
                    wire.close();
                }),
                Hostile.ends("a host key whose type lies", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.say(ALGORITHMS);
                    wire.say(packet(40)
                            .put(5, (byte) 31)
                            .putInt(6, 20)
                            .putInt(10, 0x7fffffff)
                            .array());
                    wire.in().readNBytes(4);
                    wire.close();
                }),
                Hostile.lasts("a host key byte by byte", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.say(ALGORITHMS);
                    wire.say(ByteBuffer.allocate(4).putInt(35_000).array());
                    wire.drip(new byte[] {31});
                }),
                Hostile.ends("algorithms again and again", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say(BANNER);
                    wire.flood(ALGORITHMS);
                }),
                Hostile.ends("control characters in the banner", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say("SSH-2.0-\u0000\u001b[2J\u0007\r\n");
                    wire.close();
                }));
    }
}
