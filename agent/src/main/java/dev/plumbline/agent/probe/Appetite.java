package dev.plumbline.agent.probe;

/**
 * How much of an answer is wanted.
 *
 * @param mostBytes more of a body than this is not read
 * @param keptBytes how much of it the reading gets to see, from its beginning
 */
record Appetite(long mostBytes, int keptBytes, Reading reading) {
    /** Enough for any answer that is judged by its beginning. */
    static final Appetite USUAL = new Appetite(Answer.MAX_BODY_BYTES, 0, (answer, body) -> {});

    /** Reads something out of an answer that came as a whole, or as far as it was wanted. */
    @FunctionalInterface
    interface Reading {
        void read(Answer answer, byte[] body);
    }
}
