package dev.plumbline.agent.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.helper.HelperSettings.Place;
import dev.plumbline.agent.hostile.CapturedLog;
import dev.plumbline.agent.hostile.Hostile;
import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.agent.hostile.HostileDatagrams;
import dev.plumbline.agent.hostile.HostileServer;
import dev.plumbline.agent.hostile.Leaks;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.wire.SummaryCodec;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Surroundings;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The contract of a round's control with a helper that is none, or that lies though it has the key: it ends, proves nothing,
 * keeps little, says nothing that the collector would refuse, and nothing is logged.
 */
final class LyingHelperTest {
    private static final Duration NEAR = Duration.ofSeconds(3);
    private static final Duration FAR = Duration.ofSeconds(60);
    private static final int MOST_KEPT = 256 << 10;
    private static final int MOST_FACT = 128 << 10;

    private final TestCertificate certificate = new TestCertificate("helper.test");
    private final Sha256 pin =
            Sha256.of(certificate.chain().get(0).getPublicKey().getEncoded());
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final Map<String, CompletableFuture<HelperAnswers>> asked = new LinkedHashMap<>();

    @Test
    void whoeverAnswersInItsPlaceProvesNothing() throws Exception {
        try (CapturedLog log = CapturedLog.open();
                Network network = Network.ofHost()) {
            for (Hostile hostile : Hostile.all()) {
                for (EchoProtocol kind : List.of(EchoProtocol.TLS, EchoProtocol.HTTP)) {
                    if (meets(kind, hostile.layer())) {
                        HostileServer server = hostile.open(manner -> manner);
                        servers.add(server);
                        ask(kind + " " + hostile.name(), kind, server.socketAddress(), hostile.lasts(), network);
                    }
                }
            }
            for (HostileDatagrams hostile : HostileDatagrams.all()) {
                HostileServer server = hostile.open();
                servers.add(server);
                // The question itself is what an honest echo of an earlier version sends back.
                if (!hostile.name().equals("the question itself")) {
                    ask("udp " + hostile.name(), EchoProtocol.UDP, server.socketAddress(), true, network);
                }
            }
            lies().forEach((name, lie) -> {
                LittleServer server = server(LittleServer.tls(certificate.serverContext(), false, List.of(), lie));
                ask("a lie: " + name, EchoProtocol.TLS, server.socketAddress(), true, network);
            });
            httpLies().forEach((name, answer) -> {
                LittleServer server = server(LittleServer.says(answer));
                ask("a lie over HTTP: " + name, EchoProtocol.HTTP, server.socketAddress(), true, network);
            });
            assertThat(asked).hasSizeGreaterThan(60);
            for (Map.Entry<String, CompletableFuture<HelperAnswers>> one : asked.entrySet()) {
                assertProvesNothing(one.getKey(), one.getValue().get(FAR.toSeconds() * 3, TimeUnit.SECONDS));
            }
            Leaks.report();
            assertThat(log.said()).isEmpty();
        } finally {
            for (AutoCloseable server : servers) {
                server.close();
            }
        }
    }

    private static boolean meets(EchoProtocol kind, Layer layer) {
        return layer == Layer.TCP || layer == (kind == EchoProtocol.TLS ? Layer.TLS : Layer.HTTP);
    }

    private LittleServer server(LittleServer.Manner manner) {
        try {
            LittleServer server = new LittleServer(manner);
            servers.add(server);
            return server;
        } catch (IOException e) {
            throw new AssertionError("no port for the test", e);
        }
    }

    private void ask(String name, EchoProtocol kind, InetSocketAddress at, boolean lasts, Network network) {
        HelperSettings settings = new HelperSettings(List.of(), List.of(new Place(kind, at)), Optional.of(pin));
        asked.put(name, HelperControl.of(settings).ask(network, lasts ? NEAR : FAR));
    }

    /** What a helper with the right key may do after the handshake. */
    private static Map<String, LittleServer.Manner> lies() {
        return Map.of(
                "noise",
                socket -> say(socket, new byte[Whence.BYTES]),
                "another's token",
                socket -> say(socket, told("f".repeat(32) + " 192.0.2.1 80")),
                "no address",
                socket -> say(socket, told(token(socket) + " :::::::: 99999")),
                "no port",
                socket -> say(socket, told(token(socket) + " 192.0.2.1 99999")),
                "an answer without end",
                socket -> {
                    while (true) {
                        say(socket, new byte[1 << 14]);
                    }
                },
                "half an answer",
                socket -> {
                    say(socket, new byte[Whence.BYTES / 2]);
                    token(socket);
                    token(socket);
                },
                "an end in place of an answer",
                LyingHelperTest::token);
    }

    private static Map<String, String> httpLies() {
        String head = "HTTP/1.1 200 OK\r\nX-Plumbline-Seen-From: ";
        return Map.of(
                "no address", head + "[::::]:80\r\nContent-Length: 1\r\n\r\nx",
                "no port", head + "192.0.2.1:99999\r\nContent-Length: 1\r\n\r\nx",
                "a long address", head + "1".repeat(9_000) + "\r\nContent-Length: 1\r\n\r\nx",
                "thousands of fields", head + "192.0.2.1:80\r\nContent-Length: 8000\r\n\r\n" + "a\r\n".repeat(2_700),
                "commands for a terminal",
                        head + "192.0.2.1:80\r\nX: \u001b[2J\u0007\r\nContent-Length: 3\r\n\r\n\u001b[31m",
                "nothing", head + "192.0.2.1:80\r\nContent-Length: 0\r\n\r\n");
    }

    private static void say(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private static byte[] told(String text) {
        byte[] bytes = new byte[Whence.BYTES];
        Arrays.fill(bytes, (byte) ' ');
        byte[] all = (Whence.TOLD + text).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(all, 0, bytes, 0, all.length);
        return bytes;
    }

    /** Of the question, which is read. */
    private static String token(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        String question = new String(in.readNBytes(Whence.BYTES), StandardCharsets.US_ASCII);
        return question.length() < Whence.BYTES
                ? ""
                : question.substring(Whence.ASKED.length(), Whence.ASKED.length() + 32);
    }

    private static void assertProvesNothing(String name, HelperAnswers heard) throws Exception {
        for (Echo echo : heard.echoes()) {
            boolean silentAboutFrom = echo.seenFrom().equals(Endpoint.NONE);
            assertThat(echo.answer()).as(name).isNotEqualTo(EchoAnswer.SAME);
            assertThat(silentAboutFrom
                            || NetUtil.isValidIpV4Address(echo.seenFrom().address()))
                    .as("%s: %s", name, echo.seenFrom())
                    .isTrue();
            assertThat(String.join("", echo.changes())).as(name).matches("[ -~]*");
            assertThat(echo.toString().length()).as(name).isLessThan(MOST_FACT);
        }
        assertThat(heard.evidence().stream()
                        .map(Evidence::content)
                        .mapToInt(content -> content.size())
                        .sum())
                .as(name)
                .isLessThan(MOST_KEPT);
        RoundSummary told = SummaryCodec.decode(SummaryCodec.encode(summary(heard.echoes())));
        assertThat(told.environment().echoes()).as(name).hasSameSizeAs(heard.echoes());
    }

    private static RoundSummary summary(List<Echo> echoes) {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        Environment environment =
                new Environment("1", "linux", "test", List.of(), List.of(), "", Surroundings.UNSEEN, echoes);
        return new RoundSummary(1, "", now, now, List.of(), Map.of(), environment, "");
    }
}
