package dev.plumbline.agent.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.config.ConfigException;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the helper hears from anybody, and what anybody answers in its place. */
final class HelperFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final InetSocketAddress HELPER = new InetSocketAddress("192.0.2.9", 80);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int MOST_FACT = 64 << 10;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void answersOfAnHttpEcho() {
        HttpQuestion question = HttpQuestion.oddFields(HELPER);
        Connection connection = new Connection(
                HELPER,
                Optional.of(new EmbeddedChannel()),
                Endpoint.NONE,
                NOW,
                Failure.none(),
                Duration.ZERO,
                Duration.ZERO);
        Fuzz.total(
                "answers in place of the HTTP echo",
                Fuzz.texts(
                        lines(
                                "HTTP/1.1 200 OK|Content-Length: 31|X-Plumbline-Seen-From: 192.0.2.7:4000|Connection: close||"
                                        + "GET /x HTTP/1.1|Host: a|b: c||"),
                        lines("HTTP/1.0 403 Forbidden|Server: squid|Via: a|via: b||<html>"),
                        lines("SSH-2.0-x|")),
                bytes -> {
                    Bytes limited = Bytes.of(bytes).first(Reply.MAX_BYTES);
                    HelperAnswers heard =
                            question.read(connection, new Reply.Gathered(limited, Failure.none(), Duration.ZERO));
                    for (Echo echo : heard.echoes()) {
                        assertThat(echo.answer()).isNotEqualTo(EchoAnswer.SAME);
                        assertThat(echo.changes()).hasSizeLessThanOrEqualTo(Echo.MAX_CHANGES);
                        assertThat(echo.toString().length()).isLessThan(MOST_FACT);
                        assertAddress(echo.seenFrom());
                    }
                });
    }

    private static String lines(String text) {
        return text.replace("|", "\r\n");
    }

    private static void assertAddress(Endpoint told) {
        assertThat(told.equals(Endpoint.NONE)
                        || io.netty.util.NetUtil.isValidIpV4Address(told.address())
                        || io.netty.util.NetUtil.isValidIpV6Address(told.address()))
                .as(told.toString())
                .isTrue();
    }

    @Test
    void changes() {
        byte[] sent =
                "GET /x HTTP/1.1\r\nhOsT: a\r\nX-pL: one\r\nx-Pl:  two\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        Fuzz.total("requests that arrived changed", List.of(sent), bytes -> {
            List<String> changes = HttpChanges.between(sent, bytes);
            assertThat(changes.isEmpty()).isEqualTo(java.util.Arrays.equals(sent, bytes));
            assertThat(changes).allMatch(change -> change.matches("[ -~]{0,300}"));
        });
    }

    @Test
    void whence() {
        byte[] answer = Whence.answer(Whence.question(TOKEN), new Endpoint("192.0.2.7", 4000))
                .orElseThrow();
        Fuzz.total("questions and answers of where from", List.of(Whence.question(TOKEN), answer), bytes -> {
            Whence.read(bytes, TOKEN).ifPresent(HelperFuzzTest::assertAddress);
            Whence.answer(bytes, new Endpoint("2001:db8::7", 65535))
                    .ifPresent(told -> assertThat(told).hasSize(bytes.length));
        });
    }

    /** A helper sends back no more than it was sent, but for the head of its answer, however that comes in pieces. */
    @Test
    void echoes() {
        Fuzz.total(
                "requests to the echoes",
                Fuzz.texts(
                        "GET / HTTP/1.1\r\nhost: a\r\n\r\n",
                        new String(Whence.question(TOKEN), StandardCharsets.US_ASCII)),
                bytes -> {
                    assertThat(echoed(new HttpEcho(), bytes)).isLessThan(HttpEcho.MAX_BYTES + 1024);
                    assertThat(echoed(new TlsEcho(), bytes)).isLessThanOrEqualTo(TlsEcho.MAX_BYTES);
                });
    }

    private static long echoed(ChannelHandler handler, byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        long echoed = 0;
        try {
            int first = bytes.length / 3;
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, first));
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, first, bytes.length - first));
            }
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                echoed += out.readableBytes();
                out.release();
            }
            channel.checkException();
        } finally {
            channel.finishAndReleaseAll();
        }
        return echoed;
    }

    @Test
    void keys() throws Exception {
        HelperKey.in(folder, NOW);
        byte[] key = Files.readAllBytes(folder.resolve("helper.key"));
        byte[] certificate = Files.readAllBytes(folder.resolve("helper.der"));
        Fuzz.refusing(
                "the helper's key and certificate",
                List.of(key, certificate),
                bytes -> {
                    Files.write(folder.resolve("helper.key"), bytes.length % 2 == 0 ? bytes : key);
                    Files.write(folder.resolve("helper.der"), bytes.length % 2 == 0 ? certificate : bytes);
                    assertThat(HelperKey.in(folder, NOW).pin()).isNotNull();
                },
                ConfigException.class);
    }
}
