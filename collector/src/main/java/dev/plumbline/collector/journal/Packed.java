package dev.plumbline.collector.journal;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Batches as they lie on the disk: packed (zlib, RFC 1950) where that makes them smaller, which it does to a fifth, since the targets of a
 * round answer much alike. A packed one is known by its first byte, with which no message of ours begins.
 */
final class Packed {
    /** The method byte of zlib with the window that {@link Deflater} has. As the tag of a message it would be field 15, a number. */
    private static final byte PACKED = 0x78;

    /** More than any batch that is let in: what a damaged row claims is not believed. */
    private static final int MOST = 256 << 20;

    private static final int PIECE = 1 << 14;

    private Packed() {}

    static byte[] pack(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4 + PIECE);
            byte[] piece = new byte[PIECE];
            while (!deflater.finished()) {
                packed.write(piece, 0, deflater.deflate(piece));
            }
            boolean isTaken = packed.size() < plain.length || (plain.length > 0 && plain[0] == PACKED);
            return isTaken ? packed.toByteArray() : plain;
        } finally {
            deflater.end();
        }
    }

    /** Empty when it is not as it was written. */
    static Optional<byte[]> unpack(byte[] stored) {
        if (stored.length == 0 || stored[0] != PACKED) {
            return Optional.of(stored);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            ByteArrayOutputStream plain = new ByteArrayOutputStream(stored.length * 6);
            byte[] piece = new byte[PIECE];
            while (!inflater.finished()) {
                int more = inflater.inflate(piece);
                if (more == 0 || plain.size() + more > MOST) {
                    return Optional.empty();
                }
                plain.write(piece, 0, more);
            }
            return Optional.of(plain.toByteArray());
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
