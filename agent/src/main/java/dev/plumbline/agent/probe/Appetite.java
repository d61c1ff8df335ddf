package dev.plumbline.agent.probe;

import java.util.function.Consumer;

/**
 * How much of an answer is wanted.
 *
 * @param mostBytes more of a body than this is not read
 * @param keptBytes how much of it the reading gets to see, from its beginning
 * @param passing sees every piece of it as it comes, for what is too long to be kept
 */
record Appetite(long mostBytes, int keptBytes, Reading reading, Consumer<byte[]> passing) {
    /** Enough for any answer that is judged by its beginning. */
    static final Appetite USUAL = new Appetite(Answer.MAX_BODY_BYTES, 0, (answer, body) -> {});

    Appetite(long mostBytes, int keptBytes, Reading reading) {
        this(mostBytes, keptBytes, reading, piece -> {});
    }

    /** The same, with an eye on what passes. One that remembers what it saw is good for one answer. */
    Appetite passing(Consumer<byte[]> eye) {
        return new Appetite(mostBytes, keptBytes, reading, eye);
    }

    /** Reads something out of an answer that came as a whole, or as far as it was wanted. */
    @FunctionalInterface
    interface Reading {
        void read(Answer answer, byte[] body);
    }
}
