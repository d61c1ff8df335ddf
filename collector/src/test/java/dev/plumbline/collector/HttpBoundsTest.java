package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        collector = PeoplesCollector.startWithHttp(folder);
        http = HttpAsker.of(collector);
        token = collector.token("operator");
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    /** All of these would be metadata of a call, and break it or speak of its coding. */
    @ParameterizedTest
    @CsvSource({"x-bin, %", "grpc-encoding, gzip", "grpc-timeout, 0n", "content-type, application/grpc", "te, trailers"
    })
    void aHeaderThatGrpcAloneWouldReadIsNoneHere(String name, String value) throws Exception {
        try (HttpFrames frames = http.frames(65_535)) {
            int stream = frames.ask("GET", "/v1/segments", token, true, name, value);
            assertThat(frames.status(stream)).isEqualTo(200);
            frames.end(stream);
            assertThat(HttpAsker.json(frames.text()).get("segments")).hasSize(2);
        }
    }

    @Test
    void nobodyWaitsForAStrangersBody() throws Exception {
        try (SSLSocket stranger = http.connect("127.0.0.1")) {
            stranger.getOutputStream()
                    .write("POST /v1/segments:verifyNow HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            stranger.getOutputStream().flush();
            assertThat(new String(stranger.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void bodiesThatNeverComeTakeNoPlacesOfStreams() throws Exception {
        try (HttpFrames first = http.frames(65_535);
                HttpFrames second = http.frames(65_535)) {
            for (HttpFrames each : List.of(first, second)) {
                for (int i = 0; i < 32; i++) {
                    each.ask("POST", "/v1/segments:verifyNow", token, false, "content-type", "application/json");
                }
                each.settle();
            }
            assertThat(http.status(http.request("GET", "/v1/watch", token).build()))
                    .isEqualTo(200);
        }
    }

    @Test
    void aConnectionWhoseRequestsWaitInALongLineIsCut() throws Exception {
        try (SSLSocket line = http.connect("127.0.0.1")) {
            String watch = "GET /v1/watch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            line.getOutputStream()
                    .write((watch + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40))
                            .getBytes(StandardCharsets.US_ASCII));
            line.getOutputStream().flush();
            assertEnds(line);
            assertThat(http.get("/healthz", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void someRequestsInALineAreAnsweredInTheirOrder() throws Exception {
        String health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        assertThat(http.raw("127.0.0.1", health.repeat(3) + head("GET /v1/segments", "")))
                .containsPattern("(?s)(200 OK.*ok.*){3}200 OK.*segments");
    }

    @Test
    void whatIsAskedOfNoPathAtAllIsNotAnswered() throws Exception {
        try (SSLSocket everything = http.connect("127.0.0.1")) {
            everything
                    .getOutputStream()
                    .write("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            everything.getOutputStream().flush();
            assertThat(assertEnds(everything)).isEmpty();
        }
        try (HttpFrames everything = http.frames(65_535)) {
            int stream = everything.ask("OPTIONS", "*", "", true);
            everything.awaitEnd();
            assertThatThrownBy(() -> everything.status(stream)).isInstanceOf(EOFException.class);
        }
    }

    /** The collector ends it, cut or not, before its reader loses patience. */
    private static byte[] assertEnds(SSLSocket socket) throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = 0; n >= 0; n = socket.getInputStream().read(some)) {
                told.write(some, 0, n);
            }
        } catch (SocketException | SSLException | EOFException e) {
            // Cut; a reader that lost patience would have got another one.
        }
        return told.toByteArray();
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
            // Sooner than idle connections are closed.
            strangers.get(0).setSoTimeout(30_000);
            assertThat(assertEnds(strangers.get(0))).isEmpty();
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
