package dev.plumbline.deploy.campus;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A CIDR block of either family. */
record Block(InetAddress base, int bits) {
    static Block of(String text) {
        int slash = text.indexOf('/');
        InetAddress base = address(slash < 0 ? text : text.substring(0, slash));
        int width = base.getAddress().length * 8;
        int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > width) {
            throw new IllegalArgumentException(text + ": the prefix length is not between 0 and " + width);
        }
        return new Block(base, bits);
    }

    /** The address of a literal; never asks a resolver. */
    static InetAddress address(String literal) {
        if (!literal.matches("[0-9.]+|[0-9a-fA-F]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("'" + literal + "' is no IP address");
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + literal + "' is no IP address", e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
