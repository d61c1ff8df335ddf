package dev.plumbline.collector.backup;

/** A backup that cannot be made or put back; the message is a sentence that names the file and what would be right. */
public final class BackupException extends Exception {
    private static final long serialVersionUID = 1L;

    BackupException(String sentence) {
        super(sentence);
    }

    BackupException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
