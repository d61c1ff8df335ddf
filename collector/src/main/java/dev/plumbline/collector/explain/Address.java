package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An address as bits, in an order in which every block is one stretch; families apart.
 *
 * @param text the literal as a block of its own
 * @param high its first 64 bits; of an IPv4 address the first 32 of them
 * @param low the rest
 */
record Address(String text, boolean isSix, long high, long low) implements Comparable<Address> {
    /** Empty for what is no literal: an agent may report anything, and no resolver is asked here. */
    static Optional<Address> of(String literal) {
        try {
            String text = literal + (literal.indexOf(':') >= 0 ? "/128" : "/32");
            return Optional.of(of(text, Block.parse(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Address network(Block block) {
        return of(block.toString(), block);
    }

    private static Address of(String text, Block block) {
        Bytes bytes = block.bytes();
        ByteBuffer bits = ByteBuffer.allocate(16).put(bytes.toArray());
        return new Address(text, bytes.size() == 16, bits.getLong(0), bits.getLong(8));
    }

    int size() {
        return isSix ? 128 : 32;
    }

    /** Leading bits that both have in common; of the same family. */
    int common(Address other) {
        int common = Long.numberOfLeadingZeros(high ^ other.high);
        if (common == 64) {
            common += Long.numberOfLeadingZeros(low ^ other.low);
        }
        return Math.min(common, size());
    }

    boolean isIn(Address network, int prefix) {
        return isSix == network.isSix && common(network) >= prefix;
    }

    /** The block of this length around it, as a scope has it. */
    String cidr(int prefix) {
        if (prefix == size()) {
            return text;
        }
        long first = high & upTo(prefix);
        return (isSix ? six(first, low & upTo(prefix - 64)) : four(first)) + "/" + prefix;
    }

    /** So many of the first of 64 bits. */
    private static long upTo(int bits) {
        return bits <= 0 ? 0 : -1L << Math.max(0, 64 - bits);
    }

    private static String four(long high) {
        int bits = (int) (high >>> 32);
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    private static String six(long high, long low) {
        int last = 7;
        while (last >= 0 && group(high, low, last) == 0) {
            last--;
        }
        StringBuilder text = new StringBuilder();
        for (int group = 0; group <= last; group++) {
            text.append(Integer.toHexString(group(high, low, group)));
            text.append(group < 7 ? ":" : "");
        }
        return last == 7 ? text.toString() : text.append(last < 0 ? "::" : ":").toString();
    }

    private static int group(long high, long low, int group) {
        return (int) ((group < 4 ? high : low) >>> (48 - 16 * (group % 4))) & 0xffff;
    }

    @Override
    public int compareTo(Address other) {
        if (isSix != other.isSix) {
            return Boolean.compare(isSix, other.isSix);
        }
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }
}
