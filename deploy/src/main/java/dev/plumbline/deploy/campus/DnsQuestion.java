package dev.plumbline.deploy.campus;

import dev.plumbline.words.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The one question of a DNS query (RFC 1035 4.1).
 *
 * @param name in lower case, without the last dot
 * @param wire the question section as it came, to be echoed letter by letter
 */
record DnsQuestion(int id, boolean recursionDesired, String name, int type, Bytes wire) {
    static final int A = 1;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int TXT = 16;
    static final int AAAA = 28;

    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;

    /** Empty for what is no plain query with one question. */
    static Optional<DnsQuestion> parse(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            int id = in.getShort() & 0xffff;
            int flags = in.getShort() & 0xffff;
            int questions = in.getShort();
            if ((flags & (RESPONSE | OPCODE)) != 0 || questions != 1) {
                return Optional.empty();
            }
            in.position(HEADER);
            String name = name(in);
            int type = in.getShort() & 0xffff;
            in.getShort();
            byte[] wire = Arrays.copyOfRange(message, HEADER, in.position());
            return Optional.of(new DnsQuestion(id, (flags & RECURSION_DESIRED) != 0, name, type, Bytes.of(wire)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
            if (length > LONGEST_LABEL || name.length() + length > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "a question has no compressed name, and none of more than 255 bytes");
            }
            byte[] label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
