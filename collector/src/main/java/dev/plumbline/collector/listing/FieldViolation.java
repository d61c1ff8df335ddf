package dev.plumbline.collector.listing;

/** A field of a request that cannot be understood: its name, and a sentence that shows what would be right. */
public final class FieldViolation extends Exception {
    private static final long serialVersionUID = 1L;

    /** What somebody wrote is repeated in it, and a status travels in a header, of which clients take 8 KiB: its ends say enough. */
    private static final int LONGEST_END = 1_000;

    private final String field;

    public FieldViolation(String field, String sentence) {
        super(field + ": " + bounded(sentence));
        this.field = field;
    }

    private static String bounded(String sentence) {
        return sentence.length() <= 2 * LONGEST_END
                ? sentence
                : sentence.substring(0, LONGEST_END) + "..." + sentence.substring(sentence.length() - LONGEST_END);
    }

    /** As the request's message calls it. */
    public String field() {
        return field;
    }

    /** The field and what is wrong with it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
