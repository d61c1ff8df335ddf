package dev.plumbline.deploy.proof;

/**
 * What a row saw.
 *
 * @param sent what was done to the product
 * @param happened what it did
 * @param lost what is gone that should not be, or that it was told
 */
record Outcome(State state, String sent, String happened, String lost) {
    /** A row that could not be tried here is never green. */
    enum State {
        OK("ok"),
        FAILED("FAILED"),
        SKIPPED("SKIPPED");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Outcome skipped(String sent, String why) {
        return new Outcome(State.SKIPPED, sent, why, "not tried");
    }

    static Outcome failed(String sentence) {
        return new Outcome(State.FAILED, "", sentence, "not known");
    }
}
