package dev.plumbline.agent.probe;

import dev.plumbline.words.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One packet of SSH before anything is encrypted (RFC 4253 §6), with what each may hold in place of what was due (§11).
 *
 * @param payload from the message's number on
 * @param end where the next packet begins
 * @param objection empty when this is a packet
 */
record SshPacket(Bytes payload, int end, String objection) {
    /** What every implementation must be able to take (§6.1). */
    static final int LONGEST = 35_000;

    static final int DISCONNECT = 1;
    private static final int SHORTEST = 12;
    private static final int PADDING = 8;
    private static final int BLOCK = 8;

    /** Empty as long as the packet is not complete. */
    static Optional<SshPacket> read(byte[] heard, int from) {
        ByteBuffer in = ByteBuffer.wrap(heard, from, heard.length - from);
        if (in.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int length = in.getInt();
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of(objection("a packet of " + Integer.toUnsignedString(length) + " bytes"));
        }
        if (in.remaining() < length) {
            return Optional.empty();
        }
        int begin = in.position();
        int padding = in.get() & 0xff;
        if (padding >= length - 1) {
            return Optional.of(objection("nothing but padding"));
        }
        byte[] payload = Arrays.copyOfRange(heard, begin + 1, begin + length - padding);
        return Optional.of(new SshPacket(Bytes.of(payload), begin + length, ""));
    }

    /** Where the packet ends that is not complete, as far as that is known. */
    static int end(byte[] heard, int from) {
        ByteBuffer in = ByteBuffer.wrap(heard, from, heard.length - from);
        return from + Integer.BYTES + (in.remaining() < Integer.BYTES ? 0 : in.getInt());
    }

    /** A payload in a packet; the padding is zeros, since nothing is secret yet. */
    static byte[] of(byte[] payload) {
        int padding = PADDING + BLOCK - (Integer.BYTES + 1 + payload.length + PADDING) % BLOCK;
        ByteBuffer packet = ByteBuffer.allocate(Integer.BYTES + 1 + payload.length + padding);
        return packet.putInt(1 + payload.length + padding)
                .put((byte) padding)
                .put(payload)
                .array();
    }

    int message() {
        return payload.toArray()[0] & 0xff;
    }

    /** Says nothing that is waited for: ignored, not understood or for debugging. */
    boolean isIdle() {
        return objection.isEmpty() && message() > DISCONNECT && message() <= 4;
    }

    /** Why it is not the message that was due. */
    String insteadOf(String due) {
        if (message() != DISCONNECT) {
            return "message " + message() + " in place of " + due;
        }
        try {
            ByteBuffer in = body();
            int reason = in.getInt();
            return "disconnected for reason " + Integer.toUnsignedString(reason) + ": " + text(in);
        } catch (BufferUnderflowException e) {
            return "disconnected";
        }
    }

    /** What follows the message's number. */
    ByteBuffer body() {
        byte[] all = payload.toArray();
        return ByteBuffer.wrap(all, 1, all.length - 1);
    }

    /**
     * A string (RFC 4251 §5).
     *
     * @throws BufferUnderflowException when it is longer than what is left
     */
    static byte[] string(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** The same for people to read. */
    static String text(ByteBuffer in) {
        return new String(string(in), StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
    }

    private static SshPacket objection(String why) {
        return new SshPacket(Bytes.EMPTY, 0, why);
    }
}
