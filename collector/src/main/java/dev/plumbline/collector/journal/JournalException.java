package dev.plumbline.collector.journal;

/** The journal's file cannot be used; the message is one sentence that names it. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1L;

    public JournalException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
