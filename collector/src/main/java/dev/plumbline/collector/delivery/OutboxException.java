package dev.plumbline.collector.delivery;

/** The medium of the outbox failed; the sentence names the file. */
final class OutboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutboxException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
