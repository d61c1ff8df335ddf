package dev.plumbline.agent.probe;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The first packet of an SSH server (RFC 4253 §6 and §7.1): which algorithms it offers, or why it is none.
 *
 * @param objection empty when the packet was read
 */
record SshKexInit(String keyExchange, String hostKey, String objection) {
    /** What every implementation must be able to take (RFC 4253 §6.1). */
    static final int LONGEST_PACKET = 35_000;

    private static final int SHORTEST_PACKET = 12;
    private static final int COOKIE_BYTES = 16;
    private static final int DISCONNECT = 1;
    private static final int KEXINIT = 20;

    /** Empty as long as the packet is not complete. */
    static Optional<SshKexInit> read(byte[] heard, int from) {
        ByteBuffer in = ByteBuffer.wrap(heard, from, heard.length - from);
        if (in.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int length = in.getInt();
        if (length < SHORTEST_PACKET || length > LONGEST_PACKET) {
            return Optional.of(objection("a packet of " + Integer.toUnsignedString(length) + " bytes"));
        }
        if (in.remaining() < length) {
            return Optional.empty();
        }
        in.limit(in.position() + length);
        try {
            return Optional.of(payload(in));
        } catch (BufferUnderflowException e) {
            return Optional.of(objection("a list that is longer than its packet"));
        }
    }

    /** Where the packet ends that is not complete, as far as that is known. */
    static int end(byte[] heard, int from) {
        ByteBuffer in = ByteBuffer.wrap(heard, from, heard.length - from);
        return from + Integer.BYTES + (in.remaining() < Integer.BYTES ? 0 : in.getInt());
    }

    private static SshKexInit payload(ByteBuffer in) {
        int padding = in.get() & 0xff;
        if (padding >= in.remaining()) {
            return objection("nothing but padding");
        }
        in.limit(in.limit() - padding);
        int message = in.get() & 0xff;
        if (message == DISCONNECT) {
            int reason = in.getInt();
            return objection("disconnected for reason " + Integer.toUnsignedString(reason) + ": " + list(in));
        }
        if (message != KEXINIT) {
            return objection("message " + message + " in place of the algorithms");
        }
        in.position(Math.min(in.limit(), in.position() + COOKIE_BYTES));
        return new SshKexInit(list(in), list(in), "");
    }

    private static String list(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
    }

    private static SshKexInit objection(String why) {
        return new SshKexInit("", "", why);
    }

    Map<String, String> seen() {
        return objection.isEmpty()
                ? Map.of("kex-algorithms", keyExchange, "host-key-algorithms", hostKey)
                : Map.of("kexinit", objection);
    }
}
