package dev.plumbline.collector.enrol;

/** The file of enrolments could not be read or written; the message names it. What was asked did not happen. */
final class EnrolmentFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnrolmentFileException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
