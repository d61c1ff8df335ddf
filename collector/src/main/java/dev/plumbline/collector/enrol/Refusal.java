package dev.plumbline.collector.enrol;

import io.grpc.Status;

/** What was asked is not done: the status and one sentence for whoever asked. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final String truth;

    private Refusal(Status status, String truth) {
        super(status.getDescription());
        this.status = status;
        this.truth = truth;
    }

    private Refusal(Status status) {
        this(status, String.valueOf(status.getDescription()));
    }

    static Refusal invalid(String sentence) {
        return new Refusal(Status.INVALID_ARGUMENT.withDescription(sentence));
    }

    static Refusal notFound(String sentence) {
        return new Refusal(Status.NOT_FOUND.withDescription(sentence));
    }

    static Refusal taken(String sentence) {
        return new Refusal(Status.ALREADY_EXISTS.withDescription(sentence));
    }

    static Refusal notNow(String sentence) {
        return new Refusal(Status.FAILED_PRECONDITION.withDescription(sentence));
    }

    static Refusal tooOften(String sentence) {
        return new Refusal(Status.RESOURCE_EXHAUSTED.withDescription(sentence));
    }

    /**
     * The same words for every token that opens nothing, so that a stranger learns nothing of it.
     *
     * @param truth for the audit log alone
     */
    static Refusal token(String truth) {
        return new Refusal(
                Status.UNAUTHENTICATED.withDescription(
                        "this token opens nothing: it is unknown, was used, has ended or was"
                                + " revoked; ask for another one (plumbline invite)"),
                truth);
    }

    Status status() {
        return status;
    }

    /** What the audit log says of it. */
    String truth() {
        return truth;
    }
}
