package dev.plumbline.collector;

/** What a start cannot do now though nothing is wrong with the configuration, on a full disk for one: it is to be tried again. */
final class NotNowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence what cannot be done, and what would help */
    NotNowException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
