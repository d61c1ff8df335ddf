package dev.plumbline.collector.listing;

/** A field of a request that cannot be understood: its name, and a sentence that shows what would be right. */
public final class FieldViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    public FieldViolation(String field, String sentence) {
        super(field + ": " + sentence);
        this.field = field;
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
