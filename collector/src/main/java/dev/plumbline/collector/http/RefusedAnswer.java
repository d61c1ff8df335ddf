package dev.plumbline.collector.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Refusals over HTTP: {@code google.rpc.Status} as JSON, with the HTTP status that {@code google/rpc/code.proto} gives its code. */
final class RefusedAnswer {
    private static final JsonFormat.Printer JSON = JsonFormat.printer()
            .omittingInsignificantWhitespace()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(ErrorInfo.getDescriptor())
                    .add(BadRequest.getDescriptor())
                    .build());

    private RefusedAnswer() {}

    static HttpResponse of(io.grpc.Status status) {
        return of(message(status, new Metadata()));
    }

    static HttpResponse of(StatusRuntimeException refusal) {
        Metadata trailers = refusal.getTrailers();
        return of(message(refusal.getStatus(), trailers == null ? new Metadata() : trailers));
    }

    static HttpResponse of(Status status) {
        return of(status, StatusTable.http(code(status))).toHttpResponse();
    }

    /** With an HTTP status that says more than the code does. */
    static AggregatedHttpResponse of(Status status, HttpStatus http) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(http).contentType(MediaType.JSON_UTF_8);
        // Those of requests that cannot be read pass by what adds them to all others.
        headers.set(SecurityHeaders.ALL.entrySet());
        if (http.equals(HttpStatus.UNAUTHORIZED)) {
            // RFC 6750 section 3.
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(json(status)));
    }

    /** What a call ended with; of what is nobody's fault but a bug's, no more than that is told. */
    static Status message(io.grpc.Status status, Metadata trailers) {
        Status told = StatusProto.fromStatusAndTrailers(status, trailers);
        boolean isBug = told.getDetailsCount() == 0
                && (status.getCode() == io.grpc.Status.Code.UNKNOWN
                        || status.getCode() == io.grpc.Status.Code.INTERNAL);
        return isBug
                ? told.toBuilder()
                        .setMessage("the collector could not answer; its log says why")
                        .build()
                : told;
    }

    static String json(Status status) {
        try {
            return JSON.print(status);
        } catch (InvalidProtocolBufferException e) {
            // A detail of a kind that is not known here.
            try {
                return JSON.print(status.toBuilder().clearDetails().build());
            } catch (InvalidProtocolBufferException again) {
                throw new IllegalStateException("a status without details cannot be written", again);
            }
        }
    }

    private static Code code(Status status) {
        Code code = Code.forNumber(status.getCode());
        return code == null ? Code.UNKNOWN : code;
    }
}
