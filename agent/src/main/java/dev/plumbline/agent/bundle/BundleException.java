package dev.plumbline.agent.bundle;

/** A file that cannot be written or is no bundle of this version; the message is one sentence that begins with the file. */
public final class BundleException extends Exception {
    private static final long serialVersionUID = 1L;

    BundleException(String sentence) {
        super(sentence);
    }
}
