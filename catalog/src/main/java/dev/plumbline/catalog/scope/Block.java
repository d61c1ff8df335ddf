package dev.plumbline.catalog.scope;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * An address block in CIDR notation.
 *
 * @param network the address as written, host bits zero
 */
public record Block(String network, int prefix) {
    /** Apple's whole blocks (source: domain facts §4 and the registries' allocations to Apple). */
    public static final List<Block> APPLE =
            List.of(parse("17.0.0.0/8"), parse("2620:149::/32"), parse("2403:300::/32"), parse("2a01:b740::/32"));

    public Block {
        byte[] bytes = addressBytes(network);
        if (prefix < 0 || prefix > bytes.length * 8) {
            throw new IllegalArgumentException("'" + network + "/" + prefix + "' has an impossible prefix length");
        }
        if (!Arrays.equals(mask(bytes, prefix), bytes)) {
            throw new IllegalArgumentException("'" + network + "/" + prefix + "' has host bits set");
        }
    }

    /**
     * @throws IllegalArgumentException with a sentence when it is no CIDR block
     */
    public static Block parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + cidr + "' is no address block such as 10.20.30.0/24");
        }
        try {
            return new Block(cidr.substring(0, slash), Integer.parseInt(cidr.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + cidr + "' is no address block such as 10.20.30.0/24", e);
        }
    }

    /** False for addresses of the other family. */
    public boolean contains(String address) {
        byte[] mine = addressBytes(network);
        byte[] theirs = addressBytes(address);
        return mine.length == theirs.length && Arrays.equals(mask(theirs, prefix), mine);
    }

    /** True for addresses in Apple's blocks. */
    public static boolean isApple(String address) {
        return APPLE.stream().anyMatch(b -> b.contains(address));
    }

    static byte[] addressBytes(String literal) {
        // A literal never asks a resolver; anything else is refused before it could.
        if (!literal.matches("[0-9.]+") && !literal.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("'" + literal + "' is no IP address");
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + literal + "' is no IP address", e);
        }
    }

    private static byte[] mask(byte[] address, int prefix) {
        byte[] masked = address.clone();
        for (int bit = prefix; bit < masked.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return masked;
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
