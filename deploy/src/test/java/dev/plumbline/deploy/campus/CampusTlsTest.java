package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.deploy.campus.Fault.Ending;
import dev.plumbline.deploy.campus.TlsClient.Seen;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CampusTlsTest {
    private static final String COURIER_NAME = "courier.push.apple.com";
    private static final String COURIER = "17.57.144.10";
    private static final String API = "17.188.143.10";
    private static final int DNS_NAME = 2;

    private static Campus campus;
    private CampusSegment segment;

    @BeforeAll
    static void start() throws Exception {
        campus = Campus.start(List.of(
                new HostEntry("albert.apple.com", 443, HostKind.HTTPS),
                new HostEntry("gdmf.apple.com", 443, HostKind.HTTPS)));
    }

    @AfterAll
    static void stop() {
        campus.close();
    }

    @BeforeEach
    void enter(TestInfo test) {
        segment = campus.segment(test.getDisplayName());
    }

    private InetSocketAddress at(String address, int port) {
        return segment.translate(new InetSocketAddress(Block.address(address), port));
    }

    private InetSocketAddress host(String name, int port) throws IOException {
        return at(new DnsClient(segment.resolver()).udp(name).of("A").get(0), port);
    }

    private static void verify(Seen seen, X509Certificate anchor) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("anchor", anchor);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        ((X509TrustManager) factory.getTrustManagers()[0])
                .checkServerTrusted(seen.chain().toArray(X509Certificate[]::new), "UNKNOWN");
    }

    private static List<Object> names(Seen seen) throws Exception {
        Collection<List<?>> names = seen.leaf().getSubjectAlternativeNames();
        return names.stream()
                .filter(n -> n.get(0).equals(DNS_NAME))
                .<Object>map(n -> n.get(1))
                .toList();
    }

    @Test
    void aCourierShowsApplesPrivateChainToTheNewestOffer() throws Exception {
        Seen seen = TlsClient.shake(at(COURIER, 5223), COURIER_NAME, "apns-security-v3");
        assertThat(seen.alpn()).isEqualTo("apns-security-v3");
        assertThat(seen.version()).isEqualTo("TLSv1.3");
        assertThat(seen.certificateRequested()).isFalse();
        assertThat(seen.issuer()).contains("CN=Apple Server Authentication CA");
        assertThat(seen.leaf().getNonCriticalExtensionOIDs()).contains("1.2.840.113635.100.6.27.5.2");
        assertThat(seen.chain().get(1).getNonCriticalExtensionOIDs()).contains("1.2.840.113635.100.6.2.12");
        assertThat(names(seen)).contains(COURIER_NAME);
        verify(seen, campus.anchors().applePrivate());
        assertThatThrownBy(() -> verify(seen, campus.anchors().publicRoot()))
                .hasMessageContaining("certification path");
    }

    @Test
    void aBoxThatBreaksTls13LetsTheGenuineChainThroughUnder12Only() throws Exception {
        segment.apply(Fault.oldTls(Match.port(5223)));
        Seen usual = TlsClient.shake(at(COURIER, 5223), COURIER_NAME, "apns-security-v3");
        assertThat(usual.version()).isEqualTo("TLSv1.2");
        assertThat(usual.alpn()).isEqualTo("apns-security-v3");
        verify(usual, campus.anchors().applePrivate());
        try (SSLSocket newest =
                TlsClient.open(at(COURIER, 5223), COURIER_NAME, new AtomicBoolean(), "apns-security-v3")) {
            newest.setEnabledProtocols(new String[] {"TLSv1.3"});
            assertThatThrownBy(newest::startHandshake).isInstanceOf(SSLException.class);
        }
        assertThat(TlsClient.shake(at(COURIER, 443), COURIER_NAME, "apns-security-v3")
                        .version())
                .isEqualTo("TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            apns-security-v2,       apns-security-v2
            apns-pack-v1:4096:4096, apns-pack-v1:4096:4096
            h2,                     ''
            """)
    void aCourierShowsAPublicChainAndAsksForACertificateOnAnotherOffer(String offer, String agreed) throws Exception {
        Seen seen = TlsClient.shake(at(COURIER, 5223), COURIER_NAME, offer);
        assertThat(seen.alpn()).isEqualTo(agreed);
        assertThat(seen.certificateRequested()).isTrue();
        verify(seen, campus.anchors().publicRoot());
    }

    @Test
    void aCourierShowsAPublicChainAndAsksForACertificateWithoutAnOffer() throws Exception {
        Seen seen = TlsClient.shake(at(COURIER, 443), "");
        assertThat(seen.certificateRequested()).isTrue();
        verify(seen, campus.anchors().publicRoot());
    }

    @Test
    void aCourierWaitsSilentlyAfterTheHandshake() throws Exception {
        try (SSLSocket socket =
                TlsClient.open(at(COURIER, 5223), COURIER_NAME, new AtomicBoolean(), "apns-security-v3")) {
            socket.startHandshake();
            socket.getOutputStream().write(1);
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aCourierOverIpv6IsTheSame() throws Exception {
        Seen seen = TlsClient.shake(at("2620:149:a44:300::a", 5223), COURIER_NAME, "apns-security-v3");
        verify(seen, campus.anchors().applePrivate());
    }

    @Test
    void aWebHostHasItsOwnCertificateUnderAPublicRoot() throws Exception {
        Seen seen = TlsClient.shake(host("albert.apple.com", 443), "albert.apple.com", "h2", "http/1.1");
        assertThat(names(seen)).containsExactly("albert.apple.com");
        assertThat(seen.alpn()).isEqualTo("h2");
        assertThat(seen.certificateRequested()).isFalse();
        verify(seen, campus.anchors().publicRoot());
    }

    @Test
    void aWebHostHasNoCertificateForAStrangersName() throws Exception {
        Seen seen = TlsClient.shake(host("albert.apple.com", 443), "www.example.net");
        assertThat(names(seen)).containsExactly("www.apple.com");
    }

    @ParameterizedTest
    @CsvSource({"init.push.apple.com", "gdmf.apple.com"})
    void configurationHostsAreUnderApplesPrivateRoot(String name) throws Exception {
        verify(TlsClient.shake(host(name, 443), name), campus.anchors().applePrivate());
    }

    @Test
    void anInterceptedPortIsSignedAgainByTheCampusWithoutAlpnAndWithoutARequest() throws Exception {
        segment.apply(Fault.intercept(5223));
        Seen seen = TlsClient.shake(at(COURIER, 5223), COURIER_NAME, "apns-security-v3");
        assertThat(seen.issuer()).contains("CN=Campus Web Gateway CA");
        assertThat(seen.alpn()).isEmpty();
        assertThat(seen.certificateRequested()).isFalse();
        assertThat(names(seen)).containsExactly(COURIER_NAME);
        verify(
                TlsClient.shake(at(COURIER, 443), COURIER_NAME, "apns-security-v3"),
                campus.anchors().applePrivate());
    }

    @Test
    void unrelatedHostsBehindOneInterceptorHaveOneIssuer() throws Exception {
        segment.apply(new Fault.Intercept(Match.port(443), "NGFW SSL Inspection CA"));
        Seen api = TlsClient.shake(at(API, 443), "api.push.apple.com", "h2");
        Seen web = TlsClient.shake(host("www.example.com", 443), "www.example.com");
        assertThat(api.issuer()).contains("CN=NGFW SSL Inspection CA").isEqualTo(web.issuer());
        assertThat(api.leaf().getPublicKey()).isNotNull();
        assertThat(names(api)).containsExactly("api.push.apple.com");
    }

    @Test
    void anInterceptorOfTlsLeavesAPortWithoutTlsAlone() {
        InetSocketAddress clean = at("17.253.73.201", 80);
        segment.apply(new Fault.Intercept(Match.all(), "Any CA"));
        assertThat(at("17.253.73.201", 80)).isEqualTo(clean);
    }

    @Test
    void aBlockPageAlertsOnAnAppleOfferAndShowsItselfWithoutOne() throws Exception {
        segment.apply(Fault.blockPage(Match.port(443)));
        assertThatThrownBy(() -> TlsClient.shake(at(COURIER, 443), COURIER_NAME, "apns-security-v3"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("no_application_protocol");
        Seen seen = TlsClient.shake(at(COURIER, 443), COURIER_NAME);
        assertThat(seen.issuer()).contains("CN=blocked.campus.example");
    }

    @Test
    void aHijackedNameMeetsAParkedHostOnEveryPort() throws Exception {
        segment.apply(Fault.dns(Fault.Damage.HIJACK));
        assertThat(TlsClient.shake(host("7-courier.push.apple.com", 5223), COURIER_NAME)
                        .issuer())
                .contains("CN=parked-domain.invalid");
        assertThat(TlsClient.shake(host("api.push.apple.com", 2197), "api.push.apple.com")
                        .issuer())
                .contains("CN=parked-domain.invalid");
    }

    @Test
    void aNameFilterResetsAfterTheClientHelloOnEveryTlsPort() throws Exception {
        segment.apply(Fault.sniReset("push.apple.com"));
        for (InetSocketAddress where : List.of(at(COURIER, 5223), at(COURIER, 443))) {
            assertThatThrownBy(() -> TlsClient.shake(where, COURIER_NAME, "apns-security-v3"))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(TlsClient.shake(at(COURIER, 5223), "www.example.com", "apns-security-v3")
                        .alpn())
                .isEqualTo("apns-security-v3");
        verify(
                TlsClient.shake(host("albert.apple.com", 443), "albert.apple.com"),
                campus.anchors().publicRoot());
    }

    @Test
    void aNameFilterMayCloseInstead() {
        segment.apply(new Fault.SniFilter("push.apple.com", Ending.CLOSE));
        assertThatThrownBy(() -> TlsClient.shake(at(COURIER, 5223), COURIER_NAME, "apns-security-v3"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("terminated the handshake");
    }

    @Test
    void aNameFilterMayStaySilentInstead() throws Exception {
        segment.apply(new Fault.SniFilter("push.apple.com", Ending.SILENCE));
        try (SSLSocket socket =
                TlsClient.open(at(COURIER, 5223), COURIER_NAME, new AtomicBoolean(), "apns-security-v3")) {
            socket.setSoTimeout(300);
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"474554202f20485454502f312e300d0a0d0a", "16030100080100000403030000"})
    void bytesThatAreNoClientHelloAreNotAnsweredWithData(String hex) throws Exception {
        InetSocketAddress where = at(COURIER, 5223);
        try (Socket socket = new Socket(where.getAddress(), where.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
