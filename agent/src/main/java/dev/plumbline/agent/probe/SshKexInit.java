package dev.plumbline.agent.probe;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The first packet of an SSH server (RFC 4253 §7.1): which algorithms it offers, or why it is none.
 *
 * @param others ciphers, codes, compressions and languages, both directions of each
 * @param objection empty when the packet was read
 */
record SshKexInit(String keyExchange, String hostKey, List<String> others, String objection) {
    private static final int COOKIE_BYTES = 16;
    private static final int KEXINIT = 20;
    private static final int OTHERS = 8;

    /** Empty as long as the packet is not complete. */
    static Optional<SshKexInit> read(byte[] heard, int from) {
        return SshPacket.read(heard, from).map(SshKexInit::of);
    }

    static SshKexInit of(SshPacket packet) {
        if (!packet.objection().isEmpty()) {
            return objection(packet.objection());
        }
        if (packet.message() != KEXINIT) {
            return objection(packet.insteadOf("the algorithms"));
        }
        try {
            ByteBuffer in = packet.body();
            in.position(Math.min(in.limit(), in.position() + COOKIE_BYTES));
            String keyExchange = SshPacket.text(in);
            String hostKey = SshPacket.text(in);
            List<String> others = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                others.add(SshPacket.text(in));
            }
            return new SshKexInit(keyExchange, hostKey, List.copyOf(others), "");
        } catch (BufferUnderflowException e) {
            return objection("a list that is longer than its packet");
        }
    }

    private static SshKexInit objection(String why) {
        return new SshKexInit("", "", List.of(), why);
    }

    /**
     * Our own packet: one exchange of keys, the kinds of host key that are liked, and of the rest whatever the server has, so that
     * there is nothing else to disagree on.
     */
    byte[] answer(SshKeyExchange exchange, Random random) {
        byte[] cookie = new byte[COOKIE_BYTES];
        random.nextBytes(cookie);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(KEXINIT);
        payload.writeBytes(cookie);
        list(payload, exchange.word());
        list(payload, SshKeyExchange.hostKeys(hostKey));
        others.forEach(list -> list(payload, list));
        // No guessed packet follows (§7), and four bytes are reserved.
        payload.writeBytes(new byte[1 + Integer.BYTES]);
        return SshPacket.of(payload.toByteArray());
    }

    private static void list(ByteArrayOutputStream payload, String names) {
        byte[] text = names.getBytes(StandardCharsets.US_ASCII);
        payload.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        payload.writeBytes(text);
    }

    Map<String, String> seen() {
        return objection.isEmpty()
                ? Map.of("kex-algorithms", keyExchange, "host-key-algorithms", hostKey)
                : Map.of("kexinit", objection);
    }
}
