package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Pace;
import dev.plumbline.agent.net.QueueMeter;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole probes of a courier against servers that know one version only, or show another chain for each offer. */
final class OffersApartTest {
    /** Everybody here is expected to answer: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String V3 = "apns-security-v3";
    /** The version 1.3 among those supported (RFC 8446 §4.2.1), in a list that ends with 1.2. */
    private static final String SUPPORTED_13 = "\u0003\u0004\u0003\u0003";

    private static TestCertificate closed;
    private static TestCertificate open;

    @BeforeAll
    static void makeCertificates() {
        closed = new TestCertificate("courier.push.apple.com");
        open = new TestCertificate("courier.push.apple.com");
    }

    @Test
    void aServerOfOneVersionIsFoundOutAndTheUsualHandshakeStands() throws IOException {
        for (String only : List.of("TLSv1.2", "TLSv1.3")) {
            Probed probed = probe(hello -> tls(closed, false, only));
            Handshakes seen = Handshakes.of(attempt(probed).handshakes());
            String other = only.equals("TLSv1.2") ? "TLSv1.3" : "TLSv1.2";
            assertThat(seen.usual()).extracting(Handshake::version).containsExactly(only);
            assertThat(seen.only(only)).map(Handshake::failure).contains(Failure.none());
            assertThat(seen.only(only)).map(Handshake::version).contains(only);
            assertThat(seen.only(only)).map(Handshake::alpnSelected).contains(V3);
            assertThat(seen.only(other)).map(h -> h.failure().kind()).contains(FailureKind.TLS_ALERT);
            assertThat(suspects(probed)).isFalse();
        }
    }

    @Test
    void bothChainsOfACourierAreSeenEachUnderItsOffer() throws IOException {
        Probed probed = probe(hello ->
                hello.contains(V3) ? tls(closed, false, "TLSv1.2", "TLSv1.3") : tls(open, true, "TLSv1.2", "TLSv1.3"));
        Handshakes seen = Handshakes.of(attempt(probed).handshakes());
        Handshake bare = seen.withoutAlpn("courier.push.apple.com").orElseThrow();
        assertThat(seen.usual())
                .extracting(Handshake::certificates, Handshake::clientCertificateRequested)
                .containsExactly(tuple(hashes(closed), false));
        assertThat(bare.certificates()).isEqualTo(hashes(open));
        assertThat(bare.clientCertificateRequested()).isTrue();
        assertThat(bare.alpnSelected()).isEmpty();
        List<Sha256> all = new ArrayList<>(hashes(closed));
        all.addAll(hashes(open));
        assertThat(probed.evidence()).extracting(Evidence::hash).containsExactlyInAnyOrderElementsOf(all);
        assertThat(probed.observation().attempts().get(0).handshakes())
                .extracting(Handshake::local)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void whereTheUsualOfferIsRefusedOnly12AloneIsAskedMore() throws IOException {
        Probed probed = probe(hello -> hello.contains(V3)
                ? new LittleServer.Tls(closed.serverContext(), false, List.of("h2"), List.of("TLSv1.2", "TLSv1.3"))
                : tls(open, true, "TLSv1.2", "TLSv1.3"));
        Handshakes seen = Handshakes.of(attempt(probed).handshakes());
        assertThat(seen.usual())
                .extracting(Handshake::alpnOffered, h -> h.failure().kind())
                .containsExactly(tuple(List.of(V3), FailureKind.TLS_ALERT), tuple(List.of(), FailureKind.NONE));
        assertThat(seen.apart()).extracting(Handshake::versionsOffered).containsExactly(List.of("TLSv1.2"));
        assertThat(suspects(probed)).isTrue();
    }

    @Test
    void aBoxThatKillsEveryHelloOf13LetsThatOf12AloneThrough() throws IOException {
        try (LittleServer server = new LittleServer(socket -> {
                    byte[] hello = new byte[16 << 10];
                    int size = socket.getInputStream().read(hello);
                    boolean with13 = new String(hello, 0, size, StandardCharsets.ISO_8859_1).contains(SUPPORTED_13);
                    if (with13) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                });
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Network network = Network.open(dialer(server), List.of(), List.of(dns.socketAddress()))) {
            Handshakes seen = Handshakes.of(
                    attempt(probe(network, target(ProbeKind.COURIER))).handshakes());
            assertThat(seen.usual())
                    .isNotEmpty()
                    .allSatisfy(h -> assertThat(h.failure().kind()).isEqualTo(FailureKind.TLS_RESET));
            assertThat(seen.only("TLSv1.2")).map(h -> h.failure().kind()).contains(FailureKind.TLS_CLOSED);
        }
    }

    @Test
    void whatIsAskedMoreDependsOnTheKind() {
        Handshake stood = new Handshake(
                "courier.push.apple.com",
                List.of(V3),
                List.of(),
                new Endpoint("192.0.2.1", 40000),
                Failure.none(),
                Duration.ofMillis(3),
                "TLSv1.3",
                "",
                V3,
                false,
                List.of());
        assertThat(OffersApart.after(target(ProbeKind.HTTPS), List.of(stood))).isEmpty();
        assertThat(OffersApart.after(target(ProbeKind.COURIER), List.of())).isEmpty();
        assertThat(OffersApart.after(target(ProbeKind.COURIER), List.of(ended(FailureKind.TLS_SILENT))))
                .isEmpty();
        assertThat(OffersApart.after(target(ProbeKind.COURIER), List.of(ended(FailureKind.TLS_RESET))))
                .containsExactly(new OffersApart.Offer(List.of(V3), List.of("TLSv1.2")));
        assertThat(OffersApart.after(target(ProbeKind.HTTPS), List.of(ended(FailureKind.TLS_RESET))))
                .isEmpty();
        assertThat(OffersApart.after(target(ProbeKind.PROVIDER_API), List.of(stood)))
                .extracting(OffersApart.Offer::versions)
                .containsExactly(List.of("TLSv1.3"), List.of("TLSv1.2"));
        assertThat(OffersApart.after(target(ProbeKind.COURIER), List.of(stood)))
                .extracting(OffersApart.Offer::alpn)
                .containsExactly(List.of(V3), List.of(V3), List.of());
    }

    private static Handshake ended(FailureKind kind) {
        return new Handshake(
                "courier.push.apple.com",
                List.of(V3),
                List.of(),
                new Endpoint("192.0.2.1", 40000),
                Failure.of(kind),
                Duration.ofMillis(3),
                "",
                "",
                "",
                false,
                List.of());
    }

    @Test
    void onlyAFewAreTalkedToAndOneOfAFamilyIsAskedForMore() throws IOException {
        try (LittleServer server =
                        new LittleServer(LittleServer.tlsByHello(hello -> tls(closed, false, "TLSv1.2", "TLSv1.3")));
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10", "17.57.144.11");
                Network network = Network.open(dialer(server), List.of(), List.of(dns.socketAddress()))) {
            Probed probed = probe(network, target(ProbeKind.COURIER));
            assertThat(probed.observation().attempts())
                    .extracting(attempt -> attempt.handshakes().size())
                    .containsExactlyInAnyOrder(1, 4);
        }
    }

    @Test
    void atAPaceTheStagesWaitForTheirConnections() throws IOException {
        try (LittleServer server =
                        new LittleServer(LittleServer.tlsByHello(hello -> tls(closed, false, "TLSv1.2", "TLSv1.3")));
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Network host = Network.open(dialer(server), List.of(), List.of(dns.socketAddress()))) {
            Network network = host.paced(new Pace(host.ticker(), 5, 1)).apart();
            Probed probed = probe(network, target(ProbeKind.COURIER));
            assertThat(attempt(probed).handshakes()).hasSize(4);
            // The first begins at once, three more a fifth of a second apart.
            assertThat(Duration.ofNanos(network.waitedNanos())).isGreaterThan(Duration.ofMillis(1));
            assertThat(host.waitedNanos()).isZero();
            assertThat(probed.observation().elapsed()).isGreaterThan(Duration.ofMillis(500));
        }
    }

    /** Couriers are this server, everything else what it is. */
    private static Dialer dialer(LittleServer server) {
        return address -> address.getPort() == 5223 ? server.socketAddress() : address;
    }

    private static LittleServer.Tls tls(TestCertificate certificate, boolean asks, String... versions) {
        return new LittleServer.Tls(certificate.serverContext(), asks, List.of(V3), List.of(versions));
    }

    private static Probed probe(LittleServer.Choice choice) throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tlsByHello(choice));
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Network network = Network.open(dialer(server), List.of(), List.of(dns.socketAddress()))) {
            return probe(network, target(ProbeKind.COURIER));
        }
    }

    private static Probed probe(Network network, Target target) {
        try (LagMeter lag = LagMeter.on(network.loops(), network.ticker())) {
            Pass pass = new Pass(
                    1_790_000_100_000L,
                    1,
                    PATIENCE,
                    new Resolution(network, PATIENCE),
                    lag,
                    new QueueMeter(),
                    Distances.ofFailing());
            return TargetProbe.run(network, pass, target).join();
        }
    }

    private static Attempt attempt(Probed probed) {
        assertThat(probed.observation().attempts()).hasSize(1);
        return probed.observation().attempts().get(0);
    }

    private static boolean suspects(Probed probed) {
        return Suspicion.ofFailures()
                .suspects(target(ProbeKind.COURIER), probed.observation(), hash -> Optional.empty());
    }

    private static List<Sha256> hashes(TestCertificate certificate) {
        return certificate.chain().stream().map(OffersApartTest::hash).toList();
    }

    private static Sha256 hash(X509Certificate certificate) {
        try {
            return Evidence.x509(certificate.getEncoded()).hash();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Target target(ProbeKind kind) {
        return new Target(
                new TargetId("courier"),
                "7-courier.push.apple.com",
                0,
                5223,
                Transport.TCP,
                kind,
                "courier.push.apple.com",
                IdentityClass.APPLE_PRIVATE,
                Collections.singletonList(V3),
                "",
                Set.of(Service.APNS),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
