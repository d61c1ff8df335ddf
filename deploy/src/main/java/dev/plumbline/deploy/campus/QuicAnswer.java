package dev.plumbline.deploy.campus;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Version negotiation for a long header of a version this server does not speak (RFC 9000 17.2.1), nothing else. */
final class QuicAnswer {
    private static final int LONG_HEADER = 0x80;
    private static final int VERSION_1 = 1;
    private static final int SMALLEST_DATAGRAM = 1200;

    private QuicAnswer() {}

    static Optional<byte[]> of(byte[] question) {
        ByteBuffer in = ByteBuffer.wrap(question);
        if (question.length < SMALLEST_DATAGRAM || (in.get() & LONG_HEADER) == 0 || in.getInt() == VERSION_1) {
            return Optional.empty();
        }
        byte[] destination = connectionId(in);
        byte[] source = connectionId(in);
        ByteBuffer out = ByteBuffer.allocate(1 + 4 + 1 + source.length + 1 + destination.length + 4);
        out.put((byte) LONG_HEADER).putInt(0);
        out.put((byte) source.length).put(source);
        out.put((byte) destination.length).put(destination);
        return Optional.of(out.putInt(VERSION_1).array());
    }

    private static byte[] connectionId(ByteBuffer in) {
        byte[] id = new byte[in.get() & 0xff];
        in.get(id);
        return id;
    }
}
