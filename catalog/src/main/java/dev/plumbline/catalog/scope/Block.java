package dev.plumbline.catalog.scope;

import dev.plumbline.words.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address block in CIDR notation.
 *
 * @param network the address as written, host bits zero
 * @param bytes the same as bytes
 */
public record Block(String network, int prefix, Bytes bytes) {
    /** Before the blocks, which are read with it. */
    private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    /** Apple's whole blocks (source: domain facts §4 and the registries' allocations to Apple). */
    public static final List<Block> APPLE =
            List.of(parse("17.0.0.0/8"), parse("2620:149::/32"), parse("2403:300::/32"), parse("2a01:b740::/32"));

    public Block {
        if (prefix < 0 || prefix > bytes.size() * 8) {
            throw new IllegalArgumentException("'" + network + "/" + prefix + "' has an impossible prefix length");
        }
        if (!Arrays.equals(mask(bytes.toArray(), prefix), bytes.toArray())) {
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
            String network = cidr.substring(0, slash);
            return new Block(network, Integer.parseInt(cidr.substring(slash + 1)), Bytes.of(addressBytes(network)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + cidr + "' is no address block such as 10.20.30.0/24", e);
        }
    }

    /** False for addresses of the other family, and for text that is none: facts hold what somebody sent. */
    public boolean contains(String address) {
        boolean six = address.indexOf(':') >= 0;
        if (six != (bytes.size() == 16)) {
            return false;
        }
        try {
            return Bytes.of(mask(addressBytes(address), prefix)).equals(bytes);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** True for addresses in Apple's blocks. */
    public static boolean isApple(String address) {
        return APPLE.stream().anyMatch(b -> b.contains(address));
    }

    static byte[] addressBytes(String literal) {
        return literal.indexOf(':') >= 0 ? sixBytes(literal) : fourBytes(literal);
    }

    private static byte[] fourBytes(String literal) {
        byte[] bytes = new byte[4];
        int index = 0;
        int value = -1;
        for (int i = 0; i <= literal.length(); i++) {
            char c = i < literal.length() ? literal.charAt(i) : '.';
            if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
            } else if (c == '.' && value >= 0 && index < 4) {
                bytes[index++] = (byte) value;
                value = -1;
            } else {
                throw noAddress(literal, null);
            }
            if (value > 255) {
                throw noAddress(literal, null);
            }
        }
        if (index != 4) {
            throw noAddress(literal, null);
        }
        return bytes;
    }

    private static byte[] sixBytes(String literal) {
        // The platform asks a resolver about what does not begin like an address, colon or not.
        if (!SIX.matcher(literal).matches()) {
            throw noAddress(literal, null);
        }
        try {
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            if (bytes.length != 16) {
                throw noAddress(literal, null);
            }
            return bytes;
        } catch (UnknownHostException e) {
            throw noAddress(literal, e);
        }
    }

    private static IllegalArgumentException noAddress(String literal, @Nullable Throwable cause) {
        return new IllegalArgumentException("'" + literal + "' is no IP address", cause);
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
