package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.agent.revocation.LittleAuthority;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is fetched over HTTP, how it is asked for, and what is read out of it. */
final class FetchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOST = "ocsp.test";
    private static final String CATALOG_QUESTION =
            "/r/MFEwTzBNMEswSTAJBgUrDgMCGgUABBQ50otx/h0Ztl+z8SiPI7wEWVxDlQQUTiJUIBiV5uNu5g/6+rkS7QYXjzkCEAz1vQYrVgL0erhQLCPM8GY=";
    private static final LittleAuthority AUTHORITY =
            new LittleAuthority("http://ocsp.test/own", "http://ocsp.test/own.der", "http://ocsp.test/own.crl");

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Network network = Network.ofHost();

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest
    @CsvSource({"false, true, /r, false", "true, true, /r, false", "true, false, /own, true"})
    void aResponderIsAskedTheCatalogsQuestionElseAboutACapturedCertificate(
            boolean captured, boolean named, String path, boolean own) throws IOException {
        if (captured) {
            network.revocation().learn(AUTHORITY.chain());
        }
        Exchange e = exchange(ProbeKind.OCSP, named ? CATALOG_QUESTION : "/", respond());
        assertThat(requests)
                .singleElement()
                .satisfies(r -> assertThat(r)
                        .startsWith("POST " + path + " HTTP/1.1\r\n")
                        .containsIgnoringCase("content-type: application/ocsp-request")
                        .containsIgnoringCase("host: " + HOST));
        assertThat(e.asked()).contains(own ? "this host's own connections" : "the catalog names");
        assertThat(e.seen())
                .containsEntry("response-status", "successful")
                .containsEntry("cert-status", "good")
                .containsEntry("produced-at", "2026-11-21T12:00:00Z");
    }

    @Test
    void withoutAnyCertificateTheResponderIsOnlyReached() throws IOException {
        Exchange e = exchange(ProbeKind.OCSP, "/", answers(403, "text/plain", Bytes.EMPTY));
        assertThat(requests).singleElement().satisfies(r -> assertThat(r).startsWith("GET / "));
        assertThat(e.asked()).startsWith("GET");
        assertThat(e.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind        | body                    | status | seen
            OCSP          | refusal                 | 200    | {response-status=unauthorized}
            OCSP          | cut                     | 200    | {}
            OCSP          | garbage                 | 200    | {}
            OCSP          | page                    | 403    | {}
            CERT_FILE     | page                    | 403    | {}
            CERT_FILE     | garbage                 | 200    | {}
            PLIST_PLAIN   | page                    | 200    | {}
            BAG           | page                    | 403    | {}
            """)
    void whatIsNoAnswerIsKeptAsItIs(ProbeKind kind, String body, int status, String seen) throws IOException {
        Bytes bytes = switch (body) {
            case "refusal" -> Bytes.of(new byte[] {0x30, 3, 0x0a, 1, 6});
            case "cut" -> Bytes.of(new byte[] {0x30, 3, 0x0a, 1});
            case "page" -> latin1("<html>Blocked by Campus Web Filter</html>");
            default -> latin1("\u0000\u0001 nothing \u00ff");
        };
        Exchange e = exchange(kind, kind == ProbeKind.OCSP ? CATALOG_QUESTION : "/x", answers(status, "x/y", bytes));
        assertThat(e.failure().isNone()).isTrue();
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.seen()).hasToString(seen);
        assertThat(e.bodyStart()).isEqualTo(bytes);
        assertThat(e.evidence()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/named.crl, false, /named.crl", "/, true, /own.der", "/, false, /"})
    void aFileIsTheCatalogsElseACapturedCertificates(String path, boolean captured, String asked) throws IOException {
        if (captured) {
            network.revocation().learn(AUTHORITY.chain());
        }
        byte[] list = AUTHORITY.list(4000, true);
        Exchange e = exchange(ProbeKind.CERT_FILE, path, answers(200, "application/pkix-crl", Bytes.of(list)));
        assertThat(requests).singleElement().satisfies(r -> assertThat(r).startsWith("GET " + asked + " "));
        assertThat(e.bodyBytes()).isEqualTo(list.length).isGreaterThan(Answer.MAX_BODY_BYTES);
        assertThat(e.seen())
                .containsEntry("form", "crl")
                .containsEntry("next-update", "2026-11-28T12:00:00Z")
                .containsEntry("length", Integer.toString(list.length));
    }

    @Test
    void aFileOfManyMegabytesIsNotReadToItsEnd() throws IOException {
        byte[] list = Arrays.copyOf(AUTHORITY.list(1, true), 6 << 20);
        Exchange e = exchange(ProbeKind.CERT_FILE, "/big", answers(200, "application/pkix-crl", Bytes.of(list)));
        assertThat(e.failure().isNone()).isTrue();
        assertThat(e.bodyBytes()).isGreaterThanOrEqualTo(4 << 20).isLessThan(5 << 20);
        assertThat(e.seen()).containsEntry("read", "beginning");
    }

    @Test
    void aBagIsKeptAsAWhole() throws IOException {
        Bytes bag = latin1("<plist><dict><key>bag</key><data>" + "QUFB".repeat(3000) + "</data></dict></plist>");
        Said said = hold(ProbeKind.BAG, "/bag", answers(200, "application/xml", bag));
        assertThat(said.evidence()).singleElement().satisfies(e -> {
            assertThat(e.kind()).isEqualTo(Evidence.BODY);
            assertThat(e.content()).isEqualTo(bag);
        });
        assertThat(said.exchange().orElseThrow().evidence())
                .containsExactly(said.evidence().get(0).hash());
    }

    @Test
    void aBagThatIsTooLongToBeKeptIsNotKeptInPart() throws IOException {
        Bytes bag = latin1("<plist>" + "x".repeat(200_000));
        Said said = hold(ProbeKind.BAG, "/bag", answers(200, "application/xml", bag));
        assertThat(said.evidence()).isEmpty();
        assertThat(said.exchange().orElseThrow().bodyStart().latin1()).startsWith("<plist>");
    }

    @Test
    void aPropertyListIsAskedForByItsBeginning() throws IOException {
        Exchange e = exchange(
                ProbeKind.PLIST_PLAIN, "/a.xml", answers(200, "text/xml", latin1("<plist>" + "x".repeat(300_000))));
        assertThat(requests).singleElement().satisfies(r -> assertThat(r).containsIgnoringCase("range: bytes=0-1023"));
        assertThat(e.failure().isNone()).isTrue();
        assertThat(e.bodyBytes()).isLessThan(300_000);
        assertThat(e.bodyStart().latin1()).startsWith("<plist>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"AssetSets":{},"PublicAssetSets":{"iOS":[]}} | public-asset-sets
            {"PublicRapidSecurityResponses":{},"AssetSets":{}} | asset-sets
            {"error":"PublicAssetSets"}                   | -
            {"within":{"PublicAssetSets":{}}}             | -
            <html>"PublicAssetSets"</html>                | -
            """)
    void thePublishedSystemsAreKnownByTheirWord(String body, String content) throws IOException {
        TestCertificate certificate = new TestCertificate(HOST);
        LittleServer.Manner tls = LittleServer.tls(
                certificate.serverContext(),
                false,
                List.of("http/1.1"),
                answers(200, "application/json", latin1(body)));
        Said said = hold(ProbeKind.PMV, "/v2/pmv", tls);
        assertThat(said.handshakes()).hasSize(1);
        assertThat(said.exchange().orElseThrow().seen().getOrDefault("content", "-"))
                .isEqualTo(content);
    }

    @Test
    void thePortalPageIsAskedForAsAnybodyAndAsApplesDetection() throws IOException {
        LittleServer.Manner portal = socket -> {
            String request = head(socket);
            boolean detection = request.contains("CaptiveNetworkSupport");
            write(socket, detection ? 200 : 302, "text/html", latin1(detection ? "Success" : "Log in"));
        };
        Said said = hold(ProbeKind.CAPTIVE, "/hotspot-detect.html", portal);
        Exchange anybody = said.exchange().orElseThrow();
        assertThat(anybody.asked()).isEqualTo("GET as anybody");
        assertThat(anybody.status()).isEqualTo(302);
        assertThat(said.further()).singleElement().satisfies(other -> {
            Exchange detection = other.exchange().orElseThrow();
            assertThat(detection.asked()).isEqualTo("GET as CaptiveNetworkSupport");
            assertThat(detection.status()).isEqualTo(200);
            assertThat(other.local()).isNotEqualTo(other.remote());
        });
        assertThat(said.further()).extracting(Attempt::host).containsExactly(HOST);
        assertThat(requests).allMatch(r -> r.startsWith("GET /hotspot-detect.html "));
    }

    @Test
    void anAnswerThatIsCutIsNoAnswer() throws IOException {
        Exchange e = exchange(ProbeKind.OCSP, CATALOG_QUESTION, socket -> {
            head(socket);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
        });
        assertThat(e.failure().kind()).isIn(FailureKind.EXCHANGE_CLOSED, FailureKind.EXCHANGE_MALFORMED);
        assertThat(e.seen()).isEqualTo(Map.of());
    }

    private LittleServer.Manner respond() {
        return socket -> {
            String request = head(socket);
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            byte[] response = AUTHORITY.response(body.getBytes(StandardCharsets.ISO_8859_1), "good");
            write(socket, 200, "application/ocsp-response", Bytes.of(response));
        };
    }

    private LittleServer.Manner answers(int status, String type, Bytes body) {
        return socket -> {
            head(socket);
            write(socket, status, type, body);
        };
    }

    /** The request with its body, which is kept. */
    private String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.read());
        }
        String lower = text.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length:");
        if (at >= 0) {
            int length = Integer.parseInt(
                    lower.substring(at + 15, lower.indexOf('\r', at)).strip());
            text.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        }
        requests.add(text.toString());
        return text.toString();
    }

    private static void write(Socket socket, int status, String type, Bytes body) throws IOException {
        String head = "HTTP/1.1 " + status + " Word\r\nContent-Type: " + type + "\r\nContent-Length: " + body.size()
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body.toArray());
        socket.getOutputStream().flush();
    }

    private static Bytes latin1(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Exchange exchange(ProbeKind kind, String path, LittleServer.Manner manner) throws IOException {
        return hold(kind, path, manner).exchange().orElseThrow();
    }

    private Said hold(ProbeKind kind, String path, LittleServer.Manner manner) throws IOException {
        try (LittleServer server = new LittleServer(manner)) {
            InetSocketAddress remote = server.socketAddress();
            EventLoop loop = network.loops().next();
            return network.connector()
                    .tcp(loop, remote, PATIENCE)
                    .thenComposeAsync(
                            connection -> Probes.conversation(kind)
                                    .hold(new Talk(
                                            target(kind, path),
                                            HOST,
                                            remote,
                                            connection.channel().orElseThrow(),
                                            network,
                                            loop,
                                            false,
                                            network.ticker().nanos() + PATIENCE.toNanos())),
                            loop)
                    .join();
        }
    }

    private static Target target(ProbeKind kind, String path) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId("target"),
                HOST,
                0,
                80,
                Transport.TCP,
                kind,
                HOST,
                tls ? IdentityClass.PUBLIC : IdentityClass.NONE,
                List.of(),
                path,
                Set.of(Service.CERTIFICATE_VALIDATION),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
