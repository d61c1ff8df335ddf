package dev.plumbline.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Single fields, written and read. The path of a field is only put together when something is wrong with it. */
public final class Fields {
    /** RFC 3339 years 0001 to 9999: the range of a Timestamp. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Fields() {}

    /** Reads a field or an element of it. */
    @FunctionalInterface
    public interface Reader<M, V> {
        V read(M message) throws WireException;
    }

    /** Reads every element; the problem of one is named with its index. */
    public static <M, V> List<V> each(List<M> messages, String field, Reader<? super M, ? extends V> reader)
            throws WireException {
        List<V> values = new ArrayList<>(messages.size());
        for (M message : messages) {
            try {
                values.add(reader.read(message));
            } catch (WireException e) {
                throw e.within(field + "[" + values.size() + "]");
            }
        }
        return values;
    }

    /** Reads a message that must be there. */
    public static <M, V> V required(boolean present, M message, String field, Reader<M, V> reader)
            throws WireException {
        if (!present) {
            throw new WireException(field, "is missing");
        }
        try {
            return reader.read(message);
        } catch (WireException e) {
            throw e.within(field);
        }
    }

    public static Timestamp timestamp(Instant at) {
        long second = Math.max(FIRST_SECOND, Math.min(LAST_SECOND, at.getEpochSecond()));
        return Timestamp.newBuilder().setSeconds(second).setNanos(at.getNano()).build();
    }

    public static Instant instant(boolean present, Timestamp at, String field) throws WireException {
        if (!present) {
            throw new WireException(field, "is missing");
        }
        if (at.getSeconds() < FIRST_SECOND
                || at.getSeconds() > LAST_SECOND
                || at.getNanos() < 0
                || at.getNanos() > 999_999_999) {
            throw new WireException(field, "is no time between the years 1 and 9999");
        }
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    /** Whole microseconds; a negative span counts as none. */
    public static long micros(Duration span) {
        if (span.isNegative()) {
            return 0;
        }
        if (span.getSeconds() >= Long.MAX_VALUE / MICROS_PER_SECOND) {
            return Long.MAX_VALUE;
        }
        return span.getSeconds() * MICROS_PER_SECOND + span.getNano() / 1000;
    }

    public static Duration span(long micros, String field) throws WireException {
        return Duration.of(count(micros, field), ChronoUnit.MICROS);
    }

    /** An unsigned number that must fit into our signed one. */
    public static long count(long number, String field) throws WireException {
        if (number < 0) {
            throw new WireException(field, Long.toUnsignedString(number) + " is more than " + Long.MAX_VALUE);
        }
        return number;
    }

    /** An unsigned number that must fit into our signed one. */
    public static int count(int number, String field) throws WireException {
        if (number < 0) {
            throw new WireException(field, Integer.toUnsignedString(number) + " is more than " + Integer.MAX_VALUE);
        }
        return number;
    }

    /** A port, 0 standing for none. */
    public static int port(int number, String field) throws WireException {
        if (number < 0 || number > 65535) {
            throw new WireException(field, Integer.toUnsignedString(number) + " is not between 0 and 65535");
        }
        return number;
    }

    public static TargetId targetId(String text, String field) throws WireException {
        try {
            return new TargetId(text);
        } catch (IllegalArgumentException e) {
            throw problem(field, e);
        }
    }

    public static ByteString sha256(Sha256 hash) {
        return ByteString.copyFrom(hash.bytes());
    }

    public static Sha256 sha256(ByteString digest, String field) throws WireException {
        if (digest.size() != 32) {
            throw new WireException(field, digest.size() + " bytes are no SHA-256, which has 32");
        }
        return Sha256.ofDigest(digest.toByteArray());
    }

    public static ByteString uuid(UUID id) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(16);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return ByteString.copyFrom(bytes.flip());
    }

    public static UUID uuid(ByteString bytes, String field) throws WireException {
        if (bytes.size() != 16) {
            throw new WireException(field, bytes.size() + " bytes are no UUID, which has 16");
        }
        java.nio.ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** The sentence of a value that refused itself. */
    public static WireException problem(String field, IllegalArgumentException refusal) {
        String sentence = refusal.getMessage();
        return new WireException(field, sentence == null ? "is wrong" : sentence);
    }
}
