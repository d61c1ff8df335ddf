package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.util.JsonFormat;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a whole collector answers over HTTP, and in which form. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpAnswersTest {
    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static HttpAsker http;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.startWithHttp(folder);
        http = HttpAsker.of(collector);
        token = collector.token("viewer");
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void theAnswersAreThoseOfThePeoplesPort() throws Exception {
        QueryServiceGrpc.QueryServiceBlockingStub grpc =
                QueryServiceGrpc.newBlockingStub(collector.with(token, "127.0.0.1"));
        ListSegmentsResponse.Builder segments = ListSegmentsResponse.newBuilder();
        JsonFormat.parser().merge(http.get("/v1/segments", token).body(), segments);
        assertThat(segments.build()).isEqualTo(grpc.listSegments(ListSegmentsRequest.getDefaultInstance()));

        GetMatrixRequest asked = GetMatrixRequest.newBuilder()
                .setSegment("wifi")
                .setPageSize(3)
                .setFilter("required = true")
                .setOrderBy("target_id desc")
                .build();
        GetMatrixResponse.Builder matrix = GetMatrixResponse.newBuilder();
        JsonFormat.parser()
                .merge(
                        http.get(
                                        "/v1/segments/wifi/matrix?pageSize=3&filter="
                                                + URLEncoder.encode("required = true", StandardCharsets.UTF_8)
                                                + "&order_by=target_id%20desc",
                                        token)
                                .body(),
                        matrix);
        assertThat(matrix.getCellsCount()).isEqualTo(3);
        assertThat(matrix.build()).isEqualTo(grpc.getMatrix(asked));
    }

    @Test
    void pagesFollowEachOtherAndMasksLeaveOut() throws Exception {
        JsonNode first = http.json("/v1/matrix?page_size=2&readMask=segment,targetId", token);
        assertThat(first.get("cells")).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.has("segment")).isTrue();
            assertThat(cell.has("targetId")).isTrue();
            assertThat(cell.has("state")).isFalse();
        });
        JsonNode second = http.json(
                "/v1/matrix?page_size=2&readMask=segment,targetId&pageToken="
                        + URLEncoder.encode(first.get("nextPageToken").asText(), StandardCharsets.UTF_8),
                token);
        assertThat(second.get("cells")).hasSize(2).isNotEqualTo(first.get("cells"));
        assertThat(second.get("totalSize")).isEqualTo(first.get("totalSize"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is asked                                | status | code | field      | reason             | what is said
            /v1/segments/none                              | 404    | 5    | segment    | UNKNOWN_SEGMENT    | there is no segment 'none'
            /v1/segments/none/matrix                       | 404    | 5    | segment    | UNKNOWN_SEGMENT    | none
            /v1/segments/wifi/targets/none                 | 404    | 5    | target_id  | UNKNOWN_TARGET_ID  | none
            /v1/findings/none                              | 404    | 5    | finding_id | UNKNOWN_FINDING_ID | there is no finding 'none'
            /v1/matrix?at=yesterday                        | 400    | 3    | at         | INVALID_AT         | 'yesterday' is no time; write one such as 2026-11-01T10:00:00Z
            /v1/matrix?at=2026-11-01T10:00:00+01:00        | 400    | 3    | at         | INVALID_AT         | and a + in it as %2B
            /v1/matrix?at=2999-01-01T00:00:00Z             | 400    | 3    | at         | INVALID_AT         | is still to come
            /v1/matrix?pageSize=many                       | 400    | 3    | page_size  | INVALID_PAGE_SIZE  | 'many' is no number that fits
            /v1/matrix?pageSize=-1                         | 400    | 3    | page_size  | INVALID_PAGE_SIZE  | -1
            /v1/matrix?pageSize=1&page_size=2              | 400    | 3    | page_size  | INVALID_PAGE_SIZE  | is given twice
            /v1/segments/wifi/matrix?segment=srv           | 400    | 3    | segment    | INVALID_SEGMENT    | is given twice
            /v1/matrix?pageToken=abc                       | 400    | 3    | page_token | INVALID_PAGE_TOKEN | token
            /v1/matrix?filter=state%20%3D%20%22OK          | 400    | 3    | filter     | INVALID_FILTER     | filter
            /v1/matrix?orderBy=colour                      | 400    | 3    | order_by   | INVALID_ORDER_BY   | colour
            /v1/matrix?readMask=colour                     | 400    | 3    | read_mask  | INVALID_READ_MASK  | colour
            /v1/matrix?segmnt=wifi                         | 400    | 3    | query      | INVALID_QUERY      | there is no parameter 'segmnt' here; there are at, filter, orderBy, pageSize, pageToken, readMask, segment, since
            /v1/findings?includeClosed=yes                 | 400    | 3    | include_closed | INVALID_INCLUDE_CLOSED | 'yes' is neither true nor false
            /v1/segments:compare?a=wifi&b=srv              | 400    | 3    | query      | INVALID_QUERY      | there is no parameter 'a' here; there are a.at, a.edition, a.segment
            /v1/segments:compare?a.segment=wifi            | 400    | 3    | b          | INVALID_B          | b
            /v1/watch?segment=none                         | 404    | 5    | segment    | UNKNOWN_SEGMENT    | none
            """)
    void whatIsWrongIsNamedWithItsFieldAndAReasonThatStays(
            String path, int status, int code, String field, String reason, String said) throws Exception {
        HttpResponse<String> response = http.get(path, token);
        JsonNode body = HttpAsker.json(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        assertThat(body.get("code").asInt()).isEqualTo(code);
        assertThat(body.get("message").asText()).contains(said);
        assertThat(body.get("details")).anySatisfy(d -> {
            assertThat(d.get("@type").asText()).isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
            assertThat(d.get("reason").asText()).isEqualTo(reason);
        });
        assertThat(body.get("details")).anySatisfy(d -> {
            assertThat(d.get("@type").asText()).isEqualTo("type.googleapis.com/google.rpc.BadRequest");
            assertThat(d.at("/fieldViolations/0/field").asText()).isEqualTo(field);
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GET     | /v1/nothing  | 404 | 5  | there is nothing at this path
            POST    | /v1/matrix   | 405 | 12 | this path is not asked by that method but by GET
            GET     | /v1/segments:verifyNow | 405 | 12 | this path is not asked by that method but by POST
            OPTIONS | /v1/matrix   | 405 | 12 | but by GET
            """)
    void whatIsNotThereIsToldInTheSameForm(String method, String path, int status, int code, String said)
            throws Exception {
        HttpResponse<String> response =
                http.send(http.request(method, path, token).build());
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode body = HttpAsker.json(response.body());
        assertThat(body.get("code").asInt()).isEqualTo(code);
        assertThat(body.get("message").asText()).contains(said);
        if (status == 405) {
            assertThat(response.headers().firstValue("allow")).isPresent();
        }
    }

    @Test
    void whoShowsNoTokenIsToldWhichSchemeThereIs() throws Exception {
        HttpResponse<String> response = http.get("/v1/segments", "");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertThat(HttpAsker.json(response.body()).get("code").asInt()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"/v1/segments", "/v1/nothing", "/healthz", "/openapi.json", "/v1/matrix?at=never"})
    void noAnswerIsKeptGuessedAtFramedOrForPagesOfOtherOrigins(String path) throws Exception {
        HttpResponse<String> response = http.send(http.request("GET", path, token)
                .header("Origin", "https://other.example")
                .build());
        assertThat(response.headers().map())
                .containsKeys("content-security-policy", "referrer-policy", "cross-origin-resource-policy")
                .doesNotContainKeys(
                        "server",
                        "access-control-allow-origin",
                        "grpc-status",
                        "grpc-encoding",
                        "strict-transport-security");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.body()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void largeAnswersArePackedForWhoeverTakesThem() throws Exception {
        HttpResponse<String> plain = http.get("/v1/matrix", token);
        HttpResponse<byte[]> packed = HttpClient.newBuilder()
                .sslContext(http.tls())
                .build()
                .send(
                        http.request("GET", "/v1/matrix", token)
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(packed.body().length).isLessThan(plain.body().length() / 4);
    }

    @Test
    void http1IsSpokenToo() throws Exception {
        HttpAsker old = HttpAsker.of(collector, collector.pki().resolve("ca.pem"), HttpClient.Version.HTTP_1_1);
        HttpResponse<String> response = old.get("/v1/segments", token);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(HttpAsker.json(response.body()).get("segments")).hasSize(2);
        assertThat(http.get("/v1/segments", token).version()).isEqualTo(HttpClient.Version.HTTP_2);
    }
}
