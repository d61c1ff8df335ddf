package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.plumbline.collector.report.Format;
import dev.plumbline.v1.GenerateReportRequest;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.wire.Fields;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of an audit, asked over HTTP by a program with a token. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpReportTest {
    private static final String PATH = "/v1/reports:generate?";

    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static HttpAsker http;
    private static String auditor;
    private static Instant from;
    private static Instant to;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.made(folder).withHttp("{listen: '127.0.0.1:0'}");
        HostileFolder past = new HostileFolder(folder.resolve("data"));
        past.write();
        collector.open();
        http = HttpAsker.of(collector);
        auditor = collector.token("auditor");
        from = past.closedAt().minus(Duration.ofDays(1));
        to = past.closedAt().plusSeconds(60);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static HttpResponse<InputStream> asked(String more) throws Exception {
        return http.open(http.request("GET", PATH + "from=" + from + "&to=" + to + more, auditor)
                .build());
    }

    private static byte[] overGrpc(String format) throws Exception {
        List<GenerateReportResponse> parts = new ArrayList<>();
        ReportServiceGrpc.newBlockingStub(collector.with(auditor, "127.0.0.1"))
                .generateReport(GenerateReportRequest.newBuilder()
                        .setFrom(Fields.timestamp(from))
                        .setTo(Fields.timestamp(to))
                        .setFormat(format)
                        .build())
                .forEachRemaining(parts::add);
        return ByteString.copyFrom(
                        parts.stream().map(GenerateReportResponse::getChunk).toList())
                .toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"html, html", "csv, zip", "json, json"})
    void itIsAFileOfTheSameBytesAsThatOfThePeoplesPort(String word, String ending) throws Exception {
        Format format = Format.ofWord(word);
        HttpResponse<InputStream> answer = asked("&format=" + word);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(format.mediaType());
        assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                .matches("attachment; filename=\"plumbline-campus-[0-9TZ-]+\\." + ending + "\"");
        assertThat(answer.body().readAllBytes()).isNotEmpty().isEqualTo(overGrpc(word));
    }

    @Test
    void askedToBeSignedItIsTheSignatureOfThatDocument() throws Exception {
        HttpResponse<InputStream> answer = asked("&format=json&sign=true");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/pkcs7-signature");
        assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                .endsWith(".json.p7s\"");
        CMSSignedData signature = new CMSSignedData(
                new CMSProcessableByteArray(overGrpc("json")), answer.body().readAllBytes());
        SignerInformation signer =
                signature.getSignerInfos().getSigners().iterator().next();
        @SuppressWarnings("unchecked")
        X509CertificateHolder holder = (X509CertificateHolder) signature
                .getCertificates()
                .getMatches(signer.getSID())
                .iterator()
                .next();
        assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(holder)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            from=x&to=2026-11-01T00:00:00Z                                 | 400 | from | x\\u0027 is no time
            to=2026-11-01T00:00:00Z                                        | 400 | from | from
            from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z              | 400 | from | is not before to
            from=2026-10-01T00:00:00Z&to=2999-01-01T00:00:00Z              | 400 | to   | still to come
            from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z&format=pdf   | 400 | format | no format
            from=2026-10-01T00:00:00Z&to=TO&segment=none                   | 404 | segment | none
            from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z&sign=please  | 400 | sign | neither true nor false
            since=2026-10-01T00:00:00Z                                     | 400 | query | there are format, from, segment, sign, to
            """)
    void whatIsWrongIsNamed(String query, int status, String field, String said) throws Exception {
        HttpResponse<String> answer = http.get(PATH + query.replace("TO", to.toString()), auditor);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(field, said);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
    }

    @Test
    void itIsDescribed() throws Exception {
        assertThat(http.json("/openapi.json", auditor)
                        .at("/paths/~1v1~1reports:generate/get/responses/200/content")
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "text/html; charset=utf-8",
                        "application/zip",
                        "application/json",
                        "application/pkcs7-signature");
    }
}
