package dev.plumbline.collector.explain;

/**
 * A word of a scope.
 *
 * @param bits its own length, whatever it does in the scope
 * @param meets every point that it matches
 */
record Word(String text, double bits, Points meets) {
    static Word of(String text, Points meets) {
        return new Word(text, Bits.content(text), meets);
    }

    /** The block of this length around an address. */
    static Word of(Address address, int prefix, Points meets) {
        String cidr = address.cidr(prefix);
        return new Word(cidr, Bits.block(cidr, address.isSix(), prefix), meets);
    }
}
