package dev.plumbline.deploy.proof;

/** A row could not be tried to its end; the message is one sentence. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    Trouble(String sentence) {
        super(sentence);
    }

    Trouble(String sentence, Throwable cause) {
        super(sentence + " (" + cause + ")", cause);
    }
}
