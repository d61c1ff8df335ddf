package dev.plumbline.words;

/**
 * Between which values the TTL or hop limit of an arriving packet lay, both included: a socket does not tell it, but can be
 * told to drop what arrives with less.
 */
public record TtlRange(int least, int most) {
    /** Nothing is known of it. */
    public static final TtlRange ANY = new TtlRange(1, 255);

    public TtlRange {
        if (least < 1 || most > 255 || least > most) {
            throw new IllegalArgumentException("no TTL lies between " + least + " and " + most + "; 1 to 255 is all");
        }
    }

    /** Whether it says anything. */
    public boolean isMeasured() {
        return !equals(ANY);
    }
}
