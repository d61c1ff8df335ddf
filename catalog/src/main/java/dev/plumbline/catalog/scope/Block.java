package dev.plumbline.catalog.scope;

import dev.plumbline.words.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An address block in CIDR notation.
 *
 * @param network the address as written, host bits zero
 * @param bytes the same as bytes
 */
public record Block(String network, int prefix, Bytes bytes) {
    /** What IPv4 addresses written as IPv6 begin with (RFC 4291 section 2.5.5.2). Before the blocks, which are read with it. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** Apple's whole blocks (source: domain facts §4 and the registries' allocations to Apple). */
    public static final List<Block> APPLE =
            List.of(parse("17.0.0.0/8"), parse("2620:149::/32"), parse("2403:300::/32"), parse("2a01:b740::/32"));

    /** What no public name leads to: this host, private, shared and link-local (IANA special-purpose registries, RFC 6890). */
    private static final List<Block> SPECIAL = List.of(
            parse("0.0.0.0/8"),
            parse("10.0.0.0/8"),
            parse("100.64.0.0/10"),
            parse("127.0.0.0/8"),
            parse("169.254.0.0/16"),
            parse("172.16.0.0/12"),
            parse("192.168.0.0/16"),
            parse("::/127"),
            parse("fc00::/7"),
            parse("fe80::/10"));

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

    /**
     * The block that an address with a prefix length lies in: host bits may be set, as people write them.
     *
     * @throws IllegalArgumentException with a sentence when it is no CIDR block
     */
    public static Block around(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            byte[] bytes = addressBytes(slash < 0 ? cidr : cidr.substring(0, slash));
            int prefix = slash < 0 ? -1 : Integer.parseInt(cidr.substring(slash + 1));
            if (prefix < 0 || prefix > bytes.length * 8) {
                throw new IllegalArgumentException("'" + cidr + "' has an impossible prefix length");
            }
            byte[] network = mask(bytes, prefix);
            String text = Arrays.equals(network, bytes)
                    ? cidr.substring(0, slash)
                    : InetAddress.getByAddress(network).getHostAddress();
            return new Block(text, prefix, Bytes.of(network));
        } catch (NumberFormatException | UnknownHostException e) {
            throw new IllegalArgumentException("'" + cidr + "' is no address block such as 10.20.30.0/24", e);
        }
    }

    public boolean isIpv6() {
        return bytes.size() == 16;
    }

    /** False for addresses of the other family, and for text that is none: facts hold what somebody sent. */
    public boolean contains(String address) {
        return contain(List.of(this), address);
    }

    /** True for addresses in Apple's blocks. */
    public static boolean isApple(String address) {
        return contain(APPLE, address);
    }

    /** True for addresses that are nobody's on the Internet. */
    public static boolean isSpecial(String address) {
        return contain(SPECIAL, address);
    }

    /** Read once: this is asked of every address of every observation. */
    private static boolean contain(List<Block> blocks, String address) {
        byte[] asked;
        try {
            asked = addressBytes(address);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
        return blocks.stream().anyMatch(b -> b.bytes.beginsLike(asked, b.prefix));
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
                throw noAddress(literal);
            }
            if (value > 255) {
                throw noAddress(literal);
            }
        }
        if (index != 4) {
            throw noAddress(literal);
        }
        return bytes;
    }

    /** Eight groups, or fewer around one gap of zeros (RFC 4291 section 2.2). What only writes an IPv4 address is none. */
    private static byte[] sixBytes(String literal) {
        int gap = literal.indexOf("::");
        byte[] before = groups(literal, 0, gap < 0 ? literal.length() : gap);
        byte[] after = gap < 0 ? new byte[0] : groups(literal, gap + 2, literal.length());
        int written = before.length + after.length;
        if (gap < 0 ? written != 16 : written > 14) {
            throw noAddress(literal);
        }
        byte[] bytes = Arrays.copyOf(before, 16);
        System.arraycopy(after, 0, bytes, 16 - after.length, after.length);
        if (Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            throw noAddress(literal);
        }
        return bytes;
    }

    /** Groups with a colon between them; the last of an address may be an IPv4 address. */
    private static byte[] groups(String literal, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(18);
        int end = from - 1;
        while (end < to && from < to) {
            int start = end + 1;
            int colon = literal.indexOf(':', start);
            end = colon < 0 ? to : colon;
            boolean four = end == literal.length() && literal.indexOf('.', start) >= 0;
            if (bytes.position() > (four ? 12 : 14)) {
                throw noAddress(literal);
            }
            if (four) {
                bytes.put(fourBytes(literal.substring(start)));
            } else {
                bytes.putShort((short) group(literal, start, end));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static int group(String literal, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = literal.charAt(i) < 128 ? Character.digit(literal.charAt(i), 16) : -1;
            value = value << 4 | digit;
            if (digit < 0 || value > 0xffff) {
                throw noAddress(literal);
            }
        }
        if (from >= to) {
            throw noAddress(literal);
        }
        return value;
    }

    private static IllegalArgumentException noAddress(String literal) {
        return new IllegalArgumentException("'" + literal + "' is no IP address");
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
