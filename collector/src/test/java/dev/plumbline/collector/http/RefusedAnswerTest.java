package dev.plumbline.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.plumbline.v1.Finding;
import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes of gRPC as those of HTTP. */
final class RefusedAnswerTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            INVALID_ARGUMENT,    400
            FAILED_PRECONDITION, 400
            OUT_OF_RANGE,        400
            UNAUTHENTICATED,     401
            PERMISSION_DENIED,   403
            NOT_FOUND,           404
            ABORTED,             409
            ALREADY_EXISTS,      409
            RESOURCE_EXHAUSTED,  429
            CANCELLED,           499
            DATA_LOSS,           500
            INTERNAL,            500
            UNKNOWN,             500
            UNIMPLEMENTED,       501
            UNAVAILABLE,         503
            DEADLINE_EXCEEDED,   504
            """)
    void theTableIsThatOfCodeProto(Code code, int http) {
        assertThat(StatusTable.http(code).code()).isEqualTo(http);
    }

    @ParameterizedTest
    @EnumSource(
            value = io.grpc.Status.Code.class,
            names = {"UNKNOWN", "INTERNAL"})
    void whatABugSaysIsNotTold(io.grpc.Status.Code code) {
        io.grpc.Status bug = code.toStatus().withDescription("SELECT * FROM secrets");
        Status told = RefusedAnswer.message(bug, new Metadata());
        assertThat(told.getCode()).isEqualTo(code.value());
        assertThat(told.getMessage()).isEqualTo("the collector could not answer; its log says why");
    }

    @Test
    void markupIsNoMarkupAndADetailOfAnUnknownKindIsLeftOut() {
        AggregatedHttpResponse answer = RefusedAnswer.of(Status.newBuilder()
                        .setCode(5)
                        .setMessage("no '<script>'")
                        .addDetails(Any.pack(Finding.getDefaultInstance()))
                        .build())
                .aggregate()
                .join();
        assertThat(answer.contentUtf8())
                .isEqualTo("{\"code\":5,\"message\":\"no \\u0027\\u003cscript\\u003e\\u0027\"}");
        assertThat(answer.headers().get("x-content-type-options")).isEqualTo("nosniff");
    }
}
