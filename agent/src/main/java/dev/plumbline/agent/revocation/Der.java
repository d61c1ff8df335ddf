package dev.plumbline.agent.revocation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over DER (X.690 §8.1, §10.1). It reads what is there and gives empty for everything else: wrong tags, lengths that
 * lie, the end. Each step moves forward, so reading ends.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT = 0x06;
    static final int ENUMERATED = 0x0a;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int MOST_LENGTH_BYTES = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    private final byte[] bytes;
    private final int end;
    private int at;

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    /** The tag of the next element, -1 at the end. */
    int tag() {
        return at < end ? bytes[at] & 0xff : -1;
    }

    /** Steps into the next element when it has this tag and is there as a whole; the cursor moves behind it. */
    Optional<Der> enter(int tag) {
        return step(tag, false);
    }

    /** The same for one whose end may be missing: as much of it as there is. */
    Optional<Der> enterCut(int tag) {
        return step(tag, true);
    }

    /** The content of the next element. */
    Optional<byte[]> value(int tag) {
        return enter(tag).map(Der::rest);
    }

    /** The next element with its tag and length. */
    Optional<byte[]> element(int tag) {
        int from = at;
        return enter(tag).map(inner -> Arrays.copyOfRange(bytes, from, inner.end));
    }

    /** Steps over the next element; false at the end and for one that is cut. */
    boolean skip() {
        int tag = tag();
        return tag >= 0 && enter(tag).isPresent();
    }

    /** Steps over the next element when it has this tag. */
    void skipIf(int tag) {
        if (tag() == tag) {
            skip();
        }
    }

    /** The time of the next element (RFC 5280 §4.1.2.5). */
    Optional<Instant> time() {
        int tag = tag();
        if (tag != UTC_TIME && tag != GENERALIZED_TIME) {
            return Optional.empty();
        }
        return value(tag).flatMap(content -> {
            String text = new String(content, StandardCharsets.US_ASCII);
            String century = tag == GENERALIZED_TIME ? "" : text.compareTo("50") < 0 ? "20" : "19";
            try {
                return Optional.of(LocalDateTime.parse(century + text, TIME).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    /** How long the first element of these bytes says that it is, its head included; -1 when they begin with none. */
    static long wholeLength(byte[] start) {
        Der der = of(start);
        Head head = der.head();
        return head == null ? -1 : head.contentAt + head.length;
    }

    private record Head(int contentAt, long length) {}

    private Optional<Der> step(int tag, boolean cut) {
        Head head = tag() == tag ? head() : null;
        if (head == null || (!cut && head.length > end - head.contentAt)) {
            return Optional.empty();
        }
        int innerEnd = (int) Math.min(end, head.contentAt + head.length);
        at = innerEnd;
        return Optional.of(new Der(bytes, head.contentAt, innerEnd));
    }

    private @Nullable Head head() {
        if (end - at < 2) {
            return null;
        }
        int first = bytes[at + 1] & 0xff;
        if (first < 0x80) {
            return new Head(at + 2, first);
        }
        int count = first & 0x7f;
        // Indefinite lengths are BER, and no answer here is as long as five bytes of length can say.
        if (count == 0 || count > MOST_LENGTH_BYTES || end - at < 2 + count) {
            return null;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | (bytes[at + 2 + i] & 0xff);
        }
        return new Head(at + 2 + count, length);
    }

    /** Writes one element around its parts. */
    static byte[] write(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(length < 0x100 ? 0x81 : 0x82);
            if (length >= 0x100) {
                out.write(length >> 8);
            }
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
