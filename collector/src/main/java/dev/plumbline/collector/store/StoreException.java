package dev.plumbline.collector.store;

/** The store could not be read or written (full disk, broken file); the message names the file. What was asked did not happen. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
