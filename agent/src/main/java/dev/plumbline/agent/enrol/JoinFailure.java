package dev.plumbline.agent.enrol;

/** The host is no agent yet: a sentence, and the exit code of the command. */
final class JoinFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Usage, a token that opens nothing, or a folder that cannot be written. */
    static final int REFUSED = 2;

    /** No collector answered. */
    static final int UNREACHABLE = 4;

    private final int exitCode;

    JoinFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
