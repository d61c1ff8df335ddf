package dev.plumbline.collector.journal;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Eight times the largest batch that is let in: what a damaged row claims is not believed. */
    private static final int MOST = 32 << 20;

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
            boolean isTaken = packed.size() < plain.length || isPacked(plain);
            return isTaken ? packed.toByteArray() : plain;
        } finally {
            deflater.end();
        }
    }

    /**
     * What a row may say whose sum tells which it is, the likely first; none when it is not as it was written. Programs before this one
     * packed nothing, and a batch of theirs may begin like a packed one.
     */
    static List<byte[]> readings(byte[] stored) {
        if (stored.length > MOST) {
            return List.of();
        }
        return isPacked(stored)
                ? Stream.concat(unpack(stored).stream(), Stream.of(stored)).toList()
                : List.of(stored);
    }

    private static boolean isPacked(byte[] stored) {
        return stored.length > 0 && stored[0] == PACKED;
    }

    private static Optional<byte[]> unpack(byte[] stored) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.min(MOST, stored.length * 6));
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
