package dev.plumbline.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few ASN.1 values (X.690) that a host needs to make a certificate or ask for one: the platform only reads them. */
public final class Der {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int UTF8_STRING = 0x0c;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    /** Constructed, context-specific, number 0. */
    public static final int CONTEXT_0 = 0xa0;

    private static final byte[] NO_UNUSED_BITS = {0};

    private Der() {}

    /** One value: its tag, its length, and the parts that it consists of. */
    public static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length > 0xff) {
            all.write(0x82);
            all.write(length >> 8);
        } else if (length > 0x7f) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    /** A name (RFC 5280 section 4.1.2.4) of nothing but a common name. */
    public static byte[] commonName(String name) {
        // 2.5.4.3
        byte[] type = {0x06, 0x03, 0x55, 0x04, 0x03};
        return value(
                SEQUENCE, value(SET, value(SEQUENCE, type, value(UTF8_STRING, name.getBytes(StandardCharsets.UTF_8)))));
    }

    /** The algorithm identifier of ecdsa-with-SHA256 (RFC 5758 section 3.2). */
    public static byte[] ecdsaWithSha256() {
        // 1.2.840.10045.4.3.2
        return value(SEQUENCE, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02});
    }

    /** A bit string of whole bytes, such as a signature. */
    public static byte[] bits(byte[] content) {
        return value(BIT_STRING, NO_UNUSED_BITS, content);
    }
}
