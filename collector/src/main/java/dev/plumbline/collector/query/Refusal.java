package dev.plumbline.collector.query;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.plumbline.collector.listing.FieldViolation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Locale;

/**
 * A question that has no answer: one sentence, and for programs a reason that never changes ({@code google.rpc.ErrorInfo}), with
 * the field that it is about ({@code google.rpc.BadRequest}).
 */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String DOMAIN = "plumbline";

    private final transient Status status;

    private Refusal(Status status) {
        super(status.getMessage());
        this.status = status;
    }

    /** @param field of the request that names what there is not */
    static Refusal notFound(String field, String sentence) {
        return new Refusal(of(Code.NOT_FOUND, "UNKNOWN_" + last(field), field, sentence));
    }

    /** A field that cannot be understood. */
    public static Refusal invalid(FieldViolation violation) {
        return invalid(violation.field(), violation.sentence());
    }

    static Refusal invalid(String field, String sentence) {
        return new Refusal(of(Code.INVALID_ARGUMENT, "INVALID_" + last(field), field, sentence));
    }

    static Refusal denied(String sentence) {
        return new Refusal(of(Code.PERMISSION_DENIED, "OUTSIDE_PURVIEW", "", sentence));
    }

    /** The store could not be read: it may be asked again. */
    static Refusal unavailable(String sentence) {
        return new Refusal(of(Code.UNAVAILABLE, "STORE_FAILED", "", sentence));
    }

    /** It may be asked again later. */
    public static Refusal exhausted(String sentence) {
        return new Refusal(of(Code.RESOURCE_EXHAUSTED, "TOO_MANY", "", sentence));
    }

    /** Another call took its place. */
    static Refusal replaced(String sentence) {
        return new Refusal(of(Code.ABORTED, "REPLACED", "", sentence));
    }

    /** A bug, of which the log says more. */
    static Refusal failed(String sentence) {
        return new Refusal(of(Code.INTERNAL, "NOT_JUDGED", "", sentence));
    }

    private static Status of(Code code, String reason, String field, String sentence) {
        Status.Builder status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(sentence)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .build()));
        if (!field.isEmpty()) {
            status.addDetails(Any.pack(BadRequest.newBuilder()
                    .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                            .setField(field)
                            .setDescription(sentence)
                            .setReason(reason))
                    .build()));
        }
        return status.build();
    }

    /** The reason says which kind of field, wherever in the request it is. */
    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    }

    /** As it travels. */
    public StatusRuntimeException asException() {
        return StatusProto.toStatusRuntimeException(status);
    }
}
