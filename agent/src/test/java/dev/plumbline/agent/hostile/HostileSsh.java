package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.EXCHANGE_MALFORMED;
import static dev.plumbline.words.FailureKind.EXCHANGE_SILENT;
import static dev.plumbline.words.FailureKind.NONE;

import dev.plumbline.agent.hostile.Hostile.Layer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Hostile greetings and lists of algorithms; with an identification there is an answer, whatever follows. */
final class HostileSsh {
    private static final String BANNER = "SSH-2.0-Hostile\r\n";

    private HostileSsh() {}

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
                Hostile.ends("control characters in the banner", Layer.SSH, Set.of(NONE), wire -> {
                    wire.say("SSH-2.0-\u0000\u001b[2J\u0007\r\n");
                    wire.close();
                }));
    }
}
