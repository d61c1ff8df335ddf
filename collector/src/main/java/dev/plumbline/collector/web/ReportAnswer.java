package dev.plumbline.collector.web;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.plumbline.collector.typed.TypedTime;
import dev.plumbline.v1.GenerateReportRequest;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportHeader;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.wire.Fields;
import java.util.List;

/** The report of an audit as a file to keep, or its signature. */
final class ReportAnswer {
    /** RFC 8551 section 3.2.1, as {@code plumbline report} writes it. */
    private static final MediaType SIGNATURE = MediaType.parse("application/pkcs7-signature");

    private ReportAnswer() {}

    static HttpResponse of(Visit visit) {
        boolean isSignature = visit.parameter("part").equals("signature");
        List<GenerateReportResponse> pieces = visit.all(
                ReportServiceGrpc.getGenerateReportMethod(),
                GenerateReportRequest.newBuilder()
                        .setFrom(Fields.timestamp(visit.typed("from", TypedTime::parse)))
                        .setTo(Fields.timestamp(visit.typed("to", TypedTime::parse)))
                        .setSegment(visit.parameter("segment"))
                        .setFormat(visit.parameter("format"))
                        .setSign(isSignature)
                        .build());
        ReportHeader header = pieces.get(0).getHeader();
        ByteString document = ByteString.copyFrom(pieces.subList(1, pieces.size()).stream()
                .map(GenerateReportResponse::getChunk)
                .toList());
        return isSignature
                ? file(SIGNATURE, header.getFileName() + ".p7s", header.getSignature())
                : file(MediaType.parse(header.getMediaType()), header.getFileName(), document);
    }

    /** The name has letters, digits, dots and lines alone. */
    private static HttpResponse file(MediaType type, String name, ByteString content) {
        return HttpResponse.of(
                PageHeaders.of(HttpStatus.OK, type)
                        .set("content-disposition", "attachment; filename=\"" + name + "\"")
                        .build(),
                HttpData.wrap(content.toByteArray()));
    }
}
