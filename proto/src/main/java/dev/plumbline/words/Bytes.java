package dev.plumbline.words;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Immutable bytes with value equality. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /** The first bytes, all when there are fewer. */
    public Bytes first(int count) {
        return content.length <= count ? this : new Bytes(Arrays.copyOf(content, count));
    }

    public int size() {
        return content.length;
    }

    /** Whether as many bits, from the first one on, are those of the other, which has as many bytes. */
    public boolean beginsLike(byte[] other, int bits) {
        int whole = bits / 8;
        int rest = bits % 8;
        return other.length == content.length
                && Arrays.equals(content, 0, whole, other, 0, whole)
                && (rest == 0 || ((content[whole] ^ other[whole]) & (0xff00 >> rest) & 0xff) == 0);
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** As ISO 8859-1 text: every byte one character, nothing lost. */
    public String latin1() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return size() + " bytes";
    }
}
