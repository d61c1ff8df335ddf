package dev.plumbline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anybody may say to the port of metrics: no page without the token, and where there is none, no page by another's name. */
final class MetricsFuzzTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String SECRET_FACT = "plumbline_secret_fact 1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void requests() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        ScrapeToken token = ScrapeToken.read(file);
        Fuzz.total(
                "requests to the port of metrics",
                Fuzz.texts(
                        "GET /metrics HTTP/1.1\r\nhost: 127.0.0.1:9464\r\n\r\n",
                        "GET /metrics?x HTTP/1.1\r\nHost: [::1]:9464\r\nAccept: application/openmetrics-text\r\n\r\n",
                        "GET /metrics HTTP/1.1\r\nauthorization: Bearer " + "x".repeat(32)
                                + "\r\nhost: evil.example\r\n\r\n",
                        "POST /metrics HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        "GET / HTTP/1.0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a:b:c\r\n\r\n"),
                bytes -> {
                    String said = new String(bytes, StandardCharsets.ISO_8859_1);
                    if (!said.contains(TOKEN)) {
                        assertThat(answered(Optional.of(token), bytes)).doesNotContain(SECRET_FACT);
                    }
                    String answer = answered(Optional.empty(), bytes);
                    if (answer.contains(SECRET_FACT)) {
                        assertThat(said.toLowerCase(java.util.Locale.ROOT)).contains("/metrics", "host", ":");
                    }
                });
    }

    private static String answered(Optional<ScrapeToken> token, byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(
                new HttpServerCodec(1024, 8192, 8192),
                new HttpObjectAggregator(1, true),
                new MetricsAnswers(
                        accept -> new Exposition.Page("text/plain", SECRET_FACT.getBytes(StandardCharsets.US_ASCII)),
                        token,
                        Runnable::run));
        try {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
            channel.runPendingTasks();
            StringBuilder answer = new StringBuilder();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                answer.append(out.toString(StandardCharsets.ISO_8859_1));
                out.release();
            }
            channel.checkException();
            return answer.toString();
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void shownTokens() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        ScrapeToken token = ScrapeToken.read(file);
        Fuzz.total("authorizations", List.of(("Bearer " + TOKEN).getBytes(StandardCharsets.US_ASCII)), bytes -> {
            String shown = new String(bytes, StandardCharsets.UTF_8);
            assertThat(token.isShownIn(shown))
                    .isEqualTo(shown.length() > 7
                            && shown.substring(0, 7).equalsIgnoreCase("bearer ")
                            && shown.substring(7).strip().equals(TOKEN));
        });
    }
}
