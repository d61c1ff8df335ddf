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
}
