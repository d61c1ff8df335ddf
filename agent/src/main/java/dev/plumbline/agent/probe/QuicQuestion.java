package dev.plumbline.agent.probe;

import dev.plumbline.words.Bytes;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A packet that every QUIC server must answer with Version Negotiation: a long header (RFC 8999 §5.1) of a reserved version
 * in a datagram of the smallest size that servers answer at all (RFC 9000 §14.1).
 *
 * @param version of the form {@code 0x?a?a?a?a}, which is never spoken (RFC 9000 §15)
 * @param firstBits the version-specific bits of the first byte: they mean nothing here (RFC 8999 §5.1), but some servers take
 *     nothing for a beginning that is no Initial of version 1, whose type is 0
 */
record QuicQuestion(int version, Bytes destination, Bytes source, int firstBits) {
    static final int DATAGRAM_BYTES = 1200;

    private static final int LONG_HEADER = 0xc0;

    /** The shortest first destination id that version 1 permits (RFC 9000 §7.2): a server may drop shorter ones. */
    private static final int ID_BYTES = 8;

    QuicQuestion {
        if (destination.size() > 255 || source.size() > 255) {
            throw new IllegalArgumentException("a connection id has at most 255 bytes");
        }
    }

    static QuicQuestion random(Random random) {
        return new QuicQuestion(
                (random.nextInt() & 0xf0f0f0f0) | 0x0a0a0a0a, id(random), id(random), random.nextInt() & 0x0f);
    }

    private static Bytes id(Random random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Bytes.of(id);
    }

    byte[] packet() {
        ByteBuffer packet = ByteBuffer.allocate(DATAGRAM_BYTES);
        packet.put((byte) (LONG_HEADER | firstBits)).putInt(version);
        packet.put((byte) destination.size()).put(destination.toArray());
        packet.put((byte) source.size()).put(source.toArray());
        return packet.array();
    }
}
