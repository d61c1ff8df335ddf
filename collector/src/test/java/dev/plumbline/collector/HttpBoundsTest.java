package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What nobody well-behaved sends to the HTTP port of a whole collector. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpBoundsTest {
    @TempDir
    Path folder;

    private PeoplesCollector collector;
    private HttpAsker http;
    private String token;

    @BeforeEach
    void start() throws Exception {
        collector = PeoplesCollector.made(folder).withHttp("{listen: '127.0.0.1:0'}");
        collector.open();
        http = HttpAsker.of(collector);
        token = collector.token("operator");
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private String head(String line, String more) {
        return line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n" + more
                + "\r\n";
    }

    @Test
    void whoComesAndHowMuchIsAnsweredAtOnceIsTold() throws Exception {
        collector.close();
        collector
                .withHttp("{listen: '127.0.0.1:0'}\nmetrics: {listen: '127.0.0.1:0'}")
                .open();
        try (SSLSocket stranger = HttpAsker.of(collector).connect("127.0.0.1")) {
            String page = new String(
                    collector.collector().metrics().orElseThrow().page("").body(), StandardCharsets.UTF_8);
            assertThat(stranger.isConnected()).isTrue();
            assertThat(page)
                    .contains("plumbline_port_strangers{port=\"http\"} 1.0\n")
                    .contains("plumbline_port_strangers{port=\"people\"} 0.0\n")
                    .contains("plumbline_http_answers_open{kind=\"answer\"} 0.0\n")
                    .contains("plumbline_http_answers_limit{kind=\"answer\"} 32.0\n")
                    .contains("plumbline_http_answers_limit{kind=\"stream\"} 64.0\n")
                    .contains("plumbline_http_answers_refused_total{kind=\"stream\"} 0.0\n")
                    .contains("plumbline_file_bytes{file=\"outbox\"} 0.0\n");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        HttpResponse<String> response = http.send(http.request("GET", "/v1/segments:verifyNow", token)
                .method("POST", HttpRequest.BodyPublishers.ofString("{" + " ".repeat(100_000) + "}"))
                .header("Content-Type", "application/json")
                .build());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(HttpAsker.json(response.body()).get("message").asText())
                .isEqualTo("the body is too long: 65536 bytes are taken");
    }

    @Test
    void headersAndPathsThatAreTooLongAreRefused() throws Exception {
        assertThat(http.raw("127.0.0.1", head("GET /v1/segments", "X-Long: " + "a".repeat(9_000) + "\r\n")))
                .startsWith("HTTP/1.1 431 ")
                .contains("the headers are too long: 8192 bytes are taken");
        assertThat(http.raw("127.0.0.1", head("GET /v1/segments?filter=" + "a".repeat(17_000), "")))
                .startsWith("HTTP/1.1 414 ")
                .contains("the path with its query is too long: 16384 bytes are taken");
        assertThat(http.raw("127.0.0.1", head("GET /v1/segments?filter=" + "a".repeat(10_000), "")))
                .as("a long filter is read")
                .startsWith("HTTP/1.1 400 ")
                .contains("INVALID_FILTER");
    }

    @Test
    void whatIsNoHttpIsRefusedWithoutAStackTrace() throws Exception {
        for (String nonsense : List.of("GET /v1/segments\u0000 HTTP/1.1", "CONNECT x:1 HTTP/1.1", "GET")) {
            assertThat(http.raw("127.0.0.1", nonsense + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":3", "x-content-type-options: nosniff")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void nobodyWaitsForTheBodyOfAQuestionThatHasNone() throws Exception {
        try (SSLSocket slow = http.connect("127.0.0.1")) {
            slow.getOutputStream()
                    .write(("GET /v1/segments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                    + "\r\nContent-Length: 50000\r\n\r\n{")
                            .getBytes(StandardCharsets.ISO_8859_1));
            slow.getOutputStream().flush();
            InputStream answer = slow.getInputStream();
            assertThat(new String(answer.readNBytes(15), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUpAndKeepsNobodyFromBeingAnswered() throws Exception {
        try (SSLSocket slow = http.connect("127.0.0.1")) {
            slow.getOutputStream()
                    .write(("POST /v1/segments:verifyNow HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{")
                            .getBytes(StandardCharsets.ISO_8859_1));
            slow.getOutputStream().flush();
            assertThat(http.get("/v1/segments", token).statusCode()).isEqualTo(200);
            String told = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(told).startsWith("HTTP/1.1 408 ").contains("did not come to its end in time");
        }
    }

    @Test
    void strangersGiveWayToWhoeverComesAfterThem() throws Exception {
        List<SSLSocket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                strangers.add(http.connect("127.0.0.1"));
            }
            int status = 0;
            for (int i = 0; i < 100 && status != 200; i++) {
                status = tried();
            }
            assertThat(status).isEqualTo(200);
        } finally {
            for (SSLSocket stranger : strangers) {
                stranger.close();
            }
        }
    }

    /** A stranger dallies for two seconds before he gives way. */
    private int tried() throws Exception {
        try {
            return http.get("/v1/segments", token).statusCode();
        } catch (IOException e) {
            Thread.sleep(100);
            return 0;
        }
    }
}
