package dev.plumbline.agent.probe;

import dev.plumbline.words.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** A question for the IPv4 addresses of a name, as it travels over HTTPS (RFC 1035 §4.1). */
record DnsQuestion(int id, String name) {
    static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int HEADER_BYTES = 12;

    /** The name in lower case as labels, the type and the class. */
    Bytes section() {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        for (String label : name.toLowerCase(Locale.ROOT).split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            section.write(bytes.length);
            section.writeBytes(bytes);
        }
        section.write(0);
        section.writeBytes(new byte[] {0, TYPE_A, 0, CLASS_IN});
        return Bytes.of(section.toByteArray());
    }

    byte[] message() {
        byte[] section = section().toArray();
        return ByteBuffer.allocate(HEADER_BYTES + section.length)
                .putShort((short) id)
                .putShort((short) RECURSION_DESIRED)
                .putShort((short) 1)
                .position(HEADER_BYTES)
                .put(section)
                .array();
    }

    /** As the variable {@code dns} of RFC 8484 §4.1. */
    String base64() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(message());
    }
}
