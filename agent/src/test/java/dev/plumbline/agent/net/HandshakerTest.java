package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.FailureKind;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class HandshakerTest {
    /** For who is expected to answer, even while classes are loaded: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SILENCE = Duration.ofMillis(700);
    private static Loops loops;
    private static TestCertificate certificate;

    @BeforeAll
    static void open() {
        loops = Loops.open(1);
        certificate = new TestCertificate("courier.test");
    }

    @AfterAll
    static void close() {
        loops.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void everythingThatTheServerShowsIsKept(SslProvider provider) throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(), true, List.of("apns-security-v3"), LittleServer.silent()))) {
            Secured secured = secure(provider, server, List.of("apns-security-v3"), PATIENCE);
            assertThat(secured.handshake().failure().isNone()).isTrue();
            assertThat(secured.handshake().version()).isEqualTo("TLSv1.3");
            assertThat(secured.handshake().alpnSelected()).isEqualTo("apns-security-v3");
            assertThat(secured.handshake().clientCertificateRequested()).isTrue();
            assertThat(secured.evidence())
                    .extracting(Evidence::hash)
                    .isEqualTo(secured.handshake().certificates())
                    .isEqualTo(certificate.chain().stream()
                            .map(HandshakerTest::evidence)
                            .map(Evidence::hash)
                            .toList());
            secured.channel().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aServerThatAsksForNoCertificateIsSeenToAskForNone(SslProvider provider) throws IOException {
        try (LittleServer server = new LittleServer(
                LittleServer.tls(certificate.serverContext(), false, List.of(), LittleServer.silent()))) {
            Secured secured = secure(provider, server, List.of(), PATIENCE);
            assertThat(secured.stands()).isTrue();
            assertThat(secured.handshake().clientCertificateRequested()).isFalse();
            assertThat(secured.handshake().alpnSelected()).isEmpty();
            secured.channel().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aStrangerWhoKnowsNoneOfTheOffersSendsAnAlertThatIsNamed(SslProvider provider) throws IOException {
        try (LittleServer server = new LittleServer(
                LittleServer.tls(certificate.serverContext(), false, List.of("h2"), LittleServer.silent()))) {
            Secured secured = secure(provider, server, List.of("apns-security-v3"), PATIENCE);
            assertThat(secured.handshake().failure().kind()).isEqualTo(FailureKind.TLS_ALERT);
            assertThat(secured.handshake().failure().detail()).isEqualTo("no_application_protocol");
            assertThat(secured.handshake().certificates()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            silent, JDK,     TLS_SILENT
            silent, OPENSSL, TLS_SILENT
            resets, JDK,     TLS_RESET
            resets, OPENSSL, TLS_RESET
            closes, JDK,     TLS_CLOSED
            closes, OPENSSL, TLS_CLOSED
            http,   JDK,     TLS_MALFORMED
            http,   OPENSSL, TLS_MALFORMED
            """)
    void whateverBreaksAHandshakeIsToldApart(String manner, SslProvider provider, FailureKind kind) throws IOException {
        try (LittleServer server = new LittleServer(manner(manner))) {
            boolean silent = kind == FailureKind.TLS_SILENT;
            Secured secured = secure(provider, server, List.of("h2"), silent ? SILENCE : PATIENCE);
            assertThat(secured.handshake().failure().kind()).isEqualTo(kind);
            assertThat(secured.channel().isOpen()).isFalse();
        }
    }

    @Test
    void theBestEngineIsTheNativeOneWhereItLoads() {
        assertThat(Handshaker.best(Ticker.system()).engine()).contains("BoringSSL");
    }

    private static LittleServer.Manner manner(String name) {
        return switch (name) {
            case "silent" -> LittleServer.silent();
            case "resets" -> LittleServer.resets();
            case "closes" -> LittleServer.closes();
            case "http" -> LittleServer.says("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Secured secure(SslProvider provider, LittleServer server, List<String> alpn, Duration timeout) {
        EventLoop loop = loops.next();
        Handshaker handshaker = new Handshaker(new TlsContexts(provider), Ticker.system());
        return new Connector(loops, Dialer.direct(), List.of(), Ticker.system())
                .tcp(loop, server.socketAddress(), PATIENCE)
                .thenComposeAsync(
                        connection ->
                                handshaker.secure(connection.channel().orElseThrow(), "courier.test", alpn, timeout),
                        loop)
                .join();
    }

    private static Evidence evidence(X509Certificate certificate) {
        try {
            return Evidence.x509(certificate.getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
