package dev.plumbline.agent.forecast;

/**
 * To how many addresses a name leads, as far as this host has a way to them.
 *
 * @param four IPv4 addresses
 * @param six IPv6 addresses
 */
public record Families(int four, int six) {
    static final Families NONE = new Families(0, 0);

    /** What is assumed of a member of a pool: couriers answer with eight of a family. */
    private static final int POOL = 8;

    /** What is assumed of any other name. */
    private static final int USUAL = 2;

    public Families {
        if (four < 0 || six < 0) {
            throw new IllegalArgumentException("a name leads to no address at least");
        }
    }

    /** As many as names of this kind usually have, for who does not ask. */
    public static Families assumed(boolean ofPool) {
        int each = ofPool ? POOL : USUAL;
        return new Families(each, each);
    }

    /** The same without a family that this host has no way to: then nothing leaves. */
    public Families over(boolean ipv4, boolean ipv6) {
        return new Families(ipv4 ? four : 0, ipv6 ? six : 0);
    }

    /** Addresses that are talked to when so many of a family are. */
    int talks(int perFamily) {
        return Math.min(four, perFamily) + Math.min(six, perFamily);
    }

    int all() {
        return four + six;
    }

    /** Families that the name has. */
    int count() {
        return (four > 0 ? 1 : 0) + (six > 0 ? 1 : 0);
    }
}
