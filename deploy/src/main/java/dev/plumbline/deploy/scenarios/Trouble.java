package dev.plumbline.deploy.scenarios;

/** A program of the lab or of the product did not do what the runner needs; the message is one sentence. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    Trouble(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
