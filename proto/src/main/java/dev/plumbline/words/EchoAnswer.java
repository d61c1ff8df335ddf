package dev.plumbline.words;

/** What became of what a helper was asked to send back. The number is the wire contract (proto {@code EchoAnswer}). */
public enum EchoAnswer {
    /** It came back as it left, under the helper's key where there is one. */
    SAME(1),
    /** The helper answered, but what it received is not what left: somebody on the way wrote it anew. */
    ALTERED(2),
    /** Somebody showed another key than the helper's: TLS is opened on the way, or the pin is not this helper's. */
    OTHER_KEY(3),
    /** Somebody answered who is not the helper. */
    STRANGER(4),
    /** No answer: the attempt says how it failed. Nothing else is known by it. */
    NONE(5),
    /** Something that a newer agent saw; the number is not kept. */
    UNKNOWN(0);

    private final int number;

    EchoAnswer(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The answer of this number, {@link #UNKNOWN} when this version does not know it. */
    public static EchoAnswer ofNumber(int number) {
        for (EchoAnswer answer : values()) {
            if (answer.number == number) {
                return answer;
            }
        }
        return UNKNOWN;
    }
}
