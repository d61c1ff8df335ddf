package dev.plumbline.collector.explain;

/**
 * How many bits the words of a scope take: the fewer a rule needs, the likelier it was written. Choosing among a few known
 * words (families, ports, everything of Apple's) is cheap, a name costs by its labels, and a block costs more, the less likely
 * anybody knows it by heart: one of the catalog's, a round one, an odd one, a single host.
 */
final class Bits {
    /** Every atom: that there is one more, and of which kind. */
    static final double ATOM = 2;

    /** Every word that narrows an atom. */
    static final double RESTRICTION = 2;

    /** Every word that is excepted from one. */
    static final double EXCEPTION = 3;

    private static final double FAMILY = 1;
    private static final double PORT = 1.8;
    private static final double NAME = 4;
    private static final double LABEL = 1;
    private static final double CATALOG_BLOCK = 7;
    private static final double ROUND_BLOCK = 9;
    private static final double BLOCK = 10;
    private static final double HOST = 11;

    /** What the shortest restriction to a computed block, and the shortest exception, add. */
    static final double LEAST_BLOCK = RESTRICTION + ROUND_BLOCK;

    static final double LEAST_EXCEPTION = EXCEPTION + NAME + 2 * LABEL;

    private Bits() {}

    /** Of the word itself, whatever it does in the atom. */
    static double content(String part) {
        if (part.equals("all") || part.equals("apple")) {
            return 0;
        }
        if (part.startsWith("ipv")) {
            return FAMILY;
        }
        if (part.startsWith("name:")) {
            return NAME + LABEL * labels(part);
        }
        if (part.startsWith("tcp/") || part.startsWith("udp/")) {
            return PORT;
        }
        return block(part, part.indexOf(':') >= 0, Integer.parseInt(part.substring(part.indexOf('/') + 1)));
    }

    private static int labels(String name) {
        int labels = 1;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            labels++;
        }
        return labels;
    }

    /** Of a block as a scope has it. */
    static double block(String cidr, boolean isSix, int prefix) {
        if (CatalogBlocks.WORDS.contains(cidr)) {
            return CATALOG_BLOCK;
        }
        if (prefix == (isSix ? 128 : 32)) {
            return HOST;
        }
        return prefix % (isSix ? 16 : 8) == 0 ? ROUND_BLOCK : BLOCK;
    }
}
