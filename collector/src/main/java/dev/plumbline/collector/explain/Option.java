package dev.plumbline.collector.explain;

/**
 * An atom that contradicts nothing.
 *
 * @param text its words: subject, restrictions, exceptions
 * @param covers the failing points that it meets
 */
record Option(String text, double bits, Points covers) {
    static Option shorter(Option a, Option b) {
        if (a.bits != b.bits) {
            return a.bits < b.bits ? a : b;
        }
        return a.text.compareTo(b.text) <= 0 ? a : b;
    }
}
