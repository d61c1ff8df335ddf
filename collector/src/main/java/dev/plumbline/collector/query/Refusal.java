package dev.plumbline.collector.query;

import io.grpc.Status;

/** A question that has no answer: the status and one sentence. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    private Refusal(Status status) {
        super(status.getDescription());
        this.status = status;
    }

    static Refusal notFound(String sentence) {
        return new Refusal(Status.NOT_FOUND.withDescription(sentence));
    }

    static Refusal invalid(String sentence) {
        return new Refusal(Status.INVALID_ARGUMENT.withDescription(sentence));
    }

    static Refusal denied(String sentence) {
        return new Refusal(Status.PERMISSION_DENIED.withDescription(sentence));
    }

    Status status() {
        return status;
    }
}
