package dev.plumbline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.config.ConfigException;
import dev.plumbline.loopback.HeldPort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class MetricsPortTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private int port(Optional<Path> token, MetricSource... sources) throws ConfigException {
        ProgramMetrics metrics = new ProgramMetrics("plumbline-test", "1.2", List.of(sources));
        MetricsPort port = MetricsPort.open(new MetricsSettings(LOOPBACK, token), metrics);
        open.add(port);
        open.add(metrics);
        return port.port().orElseThrow();
    }

    private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void whatSourcesTellAndWhatJavaTellsIsOnOnePage() throws Exception {
        Spans spans = Spans.ofNetwork();
        spans.add(Duration.ofMillis(20));
        spans.add(Duration.ofMillis(20));
        spans.add(Duration.ofSeconds(9));
        int port = port(Optional.empty(), families -> {
            families.gauge("plumbline_room_bytes", "Room.", 12, "segment", "wi\"fi\n");
            families.counter("plumbline_seen_total", "Seen.", 3);
            families.histogram("plumbline_took_seconds", "Took.", spans, "kind", "a");
        });
        HttpResponse<String> answer = get(port, "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("plumbline_build_info{program=\"plumbline-test\",version=\"1.2\"} 1.0\n")
                .contains("plumbline_room_bytes{segment=\"wi\\\"fi\\n\"} 12.0\n")
                .contains("# TYPE plumbline_seen_total counter\nplumbline_seen_total 3.0\n")
                .contains("plumbline_took_seconds_bucket{kind=\"a\",le=\"0.01\"} 0\n")
                .contains("plumbline_took_seconds_bucket{kind=\"a\",le=\"0.03\"} 2\n")
                .contains("plumbline_took_seconds_bucket{kind=\"a\",le=\"+Inf\"} 3\n")
                .contains("plumbline_took_seconds_count{kind=\"a\"} 3\n")
                .contains("plumbline_took_seconds_sum{kind=\"a\"} 9.04\n")
                .contains("jvm_memory_used_bytes{", "process_uptime_seconds ", "jvm_threads_live_threads ");
    }

    @Test
    void whoeverNamesOpenMetricsIsGivenIt() throws Exception {
        int port = port(Optional.empty(), families -> families.counter("plumbline_seen_total", "Seen.", 3));
        HttpResponse<String> answer = get(
                port,
                "/metrics",
                "Accept",
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.1");
        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(answer.body())
                .contains("# TYPE plumbline_seen counter\n", "plumbline_seen_total 3.0\n")
                .endsWith("# EOF\n");
    }

    @Test
    void whoeverTakesItIsGivenFewerBytes() throws Exception {
        int port = port(Optional.empty());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
        try (InputStream page = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).contains("plumbline_build_info");
        }
    }

    @Test
    void aSourceThatFailsTakesNothingFromTheOthers() throws Exception {
        int port = port(
                Optional.empty(),
                families -> {
                    throw new IllegalStateException("the disk is gone");
                },
                families -> {
                    families.gauge("plumbline_twice", "Contradicts itself.", 1, "a", "b");
                    families.gauge("plumbline_twice", "Contradicts itself.", 2, "a", "b");
                },
                families -> families.gauge("plumbline_well", "Well.", 1));
        assertThat(get(port, "/metrics").body())
                .contains("plumbline_well 1.0\n")
                .doesNotContain("plumbline_twice");
        String page = "";
        while (!page.contains("plumbline_metrics_failures_total ")
                || page.contains("plumbline_metrics_failures_total 0.0\n")
                || page.contains(
                        "plumbline_metrics_failures_total 1.0\n")) { // a young page is given again; bounded by the
            // test's time
            page = get(port, "/metrics").body();
        }
        assertThat(page).contains("plumbline_metrics_failures_total 3.0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /metrics HTTP/1.1     | 127.0.0.1         | 200
            GET /metrics?x=y HTTP/1.1 | [::1]:9464        | 200
            GET /metrics HTTP/1.1     | localhost:9464    | 200
            GET /metrics HTTP/1.1     | evil.example      | 421
            GET / HTTP/1.1            | 127.0.0.1         | 404
            GET /metrics/x HTTP/1.1   | 127.0.0.1         | 404
            PUT /metrics HTTP/1.1     | 127.0.0.1         | 405
            nonsense                  | 127.0.0.1         | 400
            """)
    void whatIsAskedIsAnsweredAsHttpSays(String line, String host, int status) throws Exception {
        int port = port(Optional.empty());
        assertThat(raw(port, line + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void headersWithoutEndAndBodiesAreNotTaken() throws Exception {
        int port = port(Optional.empty());
        assertThat(raw(port, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .doesNotContain("200 OK");
        assertThat(
                        raw(
                                port,
                                "POST /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void moreConnectionsThanAreTakenAreClosedAndLaterOnesServed() throws Exception {
        int port = port(Optional.empty());
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < MetricsPort.MOST_CONNECTIONS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream()
                    .write("GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            idle.add(socket);
        }
        try (Socket over = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(over.getInputStream().read()).isEqualTo(-1);
        }
        for (Socket socket : idle) {
            socket.close();
        }
        String answer = "";
        while (!answer.startsWith("HTTP/1.1 200")) { // until the port has seen them go; bounded by the test's time
            try {
                answer = raw(port, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            } catch (SocketException e) {
                // It has not, and closed this one before it read the question, which is a reset.
            }
        }
        assertThat(answer).contains("plumbline_build_info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong-wrong-wrong-wrong", "Basic " + TOKEN, "Bearer", TOKEN})
    void withoutTheTokenNothingIsTold(String shown) throws Exception {
        int port = port(Optional.of(token(TOKEN, "rw-------")));
        HttpResponse<String> answer =
                shown.isEmpty() ? get(port, "/none") : get(port, "/metrics", "Authorization", shown);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void withTheTokenAllIsToldAlsoByName() throws Exception {
        int port = port(Optional.of(token(TOKEN + "\n", "rw-r-----")));
        assertThat(raw(
                        port,
                        "GET /metrics HTTP/1.1\r\nHost: collector.campus.example\r\nAuthorization: bearer " + TOKEN
                                + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    private Path token(String text, String mode) throws IOException {
        Path file = folder.resolve("metrics.token");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            short                            | rw------- | holds no token
            two words of more than sixteen   | rw------- | holds no token
            0123456789abcdef0123456789abcdef | rw-r--r-- | may be read or written by others
            """)
    void aTokenThatIsNoneIsToldAtTheStart(String text, String mode, String said) throws Exception {
        Path file = token(text, mode);
        assertThatThrownBy(() -> port(Optional.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("metrics.token")
                .hasMessageContaining(said);
    }

    @Test
    void aTokenThatIsNotThereIsToldAtTheStart() {
        assertThatThrownBy(() -> port(Optional.of(folder.resolve("none"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is no file with a token");
    }

    @Test
    void aPortThatIsTakenIsOpenedWhenItIsFree() throws Exception {
        ProgramMetrics metrics = new ProgramMetrics("plumbline-test", "1", List.of());
        open.add(metrics);
        try (HeldPort held = new HeldPort()) {
            MetricsPort port;
            try (ServerSocket taken = new ServerSocket(held.number(), 1, InetAddress.getLoopbackAddress())) {
                port = MetricsPort.open(new MetricsSettings(held.socketAddress(), Optional.empty()), metrics);
                open.add(0, port);
                assertThat(port.port()).isEmpty();
            }
            while (port.port().isEmpty()) { // bounded by the test's time
                Thread.sleep(50);
            }
            assertThat(get(held.number(), "/metrics").body()).contains("plumbline_build_info");
        }
    }

    @Test
    void questionsThatCameTogetherAreAnsweredInTheirOrder() throws Exception {
        // Slower than what came with it would be answered, were it not held back.
        int port = port(Optional.empty(), families -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500)));
        String host = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        String answers = raw(
                port,
                "GET /metrics" + host + "\r\nGET /none" + host + "\r\nGET /metrics" + host + "Content-Length: 9\r\n"
                        + "Connection: close\r\n\r\n123456789");
        assertThat(Pattern.compile("^HTTP/1.1 (\\d+)", Pattern.MULTILINE)
                        .matcher(answers)
                        .results()
                        .map(r -> r.group(1)))
                .containsExactly("200", "404", "413");
    }

    @Test
    void eachFormOfAPageIsMadeAtMostOnceASecond() {
        AtomicInteger made = new AtomicInteger();
        try (ProgramMetrics metrics = new ProgramMetrics("test", "1", List.of(f -> made.incrementAndGet()))) {
            long begun = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                metrics.page("text/plain");
                metrics.page("application/openmetrics-text");
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            assertThat(made.get()).isBetween(2, 2 * (int) (seconds + 1));
        }
    }
}
