package dev.plumbline.collector.explain;

/**
 * An atom that is being written.
 *
 * @param text its words: subject, restrictions, exceptions
 * @param broad whether it speaks of neither a port nor a name
 * @param points every point that it meets so far
 */
record Draft(String text, boolean broad, double bits, Points points) {
    static Draft of(Word subject) {
        return new Draft(subject.text(), isBroad(subject), Bits.ATOM + subject.bits(), subject.meets());
    }

    Draft at(Word word) {
        return new Draft(
                text + "@" + word.text(),
                broad && isBroad(word),
                bits + (Bits.RESTRICTION + word.bits()),
                points.and(word.meets()));
    }

    Draft except(Word word) {
        return new Draft(
                text + "@!" + word.text(), broad, bits + (Bits.EXCEPTION + word.bits()), points.without(word.meets()));
    }

    static Draft shorter(Draft a, Draft b) {
        if (a.bits != b.bits) {
            return a.bits < b.bits ? a : b;
        }
        return a.text.compareTo(b.text) <= 0 ? a : b;
    }

    private static boolean isBroad(Word word) {
        String text = word.text();
        return !text.startsWith("tcp/") && !text.startsWith("udp/") && !text.startsWith("name:");
    }
}
