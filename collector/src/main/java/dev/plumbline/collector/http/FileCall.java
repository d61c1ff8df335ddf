package dev.plumbline.collector.http;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportHeader;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * A call whose answer is a file: the document that a header and pieces make, or the signature alone where one was asked for, since
 * a document that is asked for again has the same bytes.
 */
final class FileCall<Q, A> extends StreamedCall<Q, A> {
    /** RFC 8551 section 3.2.1. */
    static final MediaType SIGNATURE = MediaType.parse("application/pkcs7-signature");

    // Guarded by this.
    private ReportHeader header = ReportHeader.getDefaultInstance();
    private ByteString document = ByteString.EMPTY;
    private boolean isClosed;

    FileCall(MethodDescriptor<Q, A> method, ServiceRequestContext context) {
        super(method, context);
    }

    @Override
    void over() {
        // Nothing is held but the answer.
    }

    @Override
    public void sendHeaders(Metadata headers) {
        // The first message has what they say.
    }

    @Override
    public synchronized void sendMessage(A message) {
        GenerateReportResponse part = (GenerateReportResponse) message;
        switch (part.getMessageCase()) {
            case HEADER -> header = part.getHeader();
            case CHUNK -> document = document.concat(part.getChunk());
            case MESSAGE_NOT_SET -> throw new IllegalStateException("a part of a document is a header or a piece");
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        answer(status.isOk() ? file() : RefusedAnswer.of(RefusedAnswer.message(status, trailers)));
    }

    private HttpResponse file() {
        return header.getSignature().isEmpty()
                ? file(MediaType.parse(header.getMediaType()), header.getFileName(), document)
                : file(SIGNATURE, header.getFileName() + ".p7s", header.getSignature());
    }

    /** The name has letters, digits, dots and lines alone. */
    private static HttpResponse file(MediaType type, String name, ByteString content) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(type)
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                        .build(),
                HttpData.wrap(content.toByteArray()));
    }
}
