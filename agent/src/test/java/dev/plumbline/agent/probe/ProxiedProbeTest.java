package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleProxy;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A target whose direct port is closed, through proxies of several minds. */
final class ProxiedProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofMillis(2500);
    private static final String SECRET = "Basic bGFiOnNlY3JldA==";
    private static final String CHALLENGE = """
            HTTP/1.1 407 Proxy Authentication Required\r
            Proxy-Authenticate: Negotiate\r
            proxy-authenticate: Basic realm="Campus, Proxy", charset="UTF-8"\r
            Content-Length: 0\r
            \r
            """;
    private static TestCertificate genuine;

    @BeforeAll
    static void makeCertificate() {
        genuine = new TestCertificate("courier.push.apple.com");
    }

    @Test
    void directFailsAndTheProxyWorks() throws IOException {
        try (LittleServer courier = courier();
                LittleProxy proxy = LittleProxy.open(courier.socketAddress())) {
            Observation seen = probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.empty(), PATIENCE);
            assertThat(seen.directAttempts())
                    .extracting(a -> a.connect().kind())
                    .containsExactly(FailureKind.CONNECT_RESET);
            Attempt attempt = proxied(seen);
            assertThat(attempt.proxy())
                    .contains(new ThroughProxy(
                            "proxy.test:3128", "environment", "CONNECT", false, 200, List.of(), Failure.none()));
            assertThat(attempt.handshakes()).extracting(Handshake::alpnSelected).containsExactly("apns-security-v3");
            assertThat(attempt.remote().port()).isEqualTo(3128);
            assertThat(proxy.heads())
                    .containsExactly("CONNECT name.test:5223 HTTP/1.1\r\nHost: name.test:5223\r\n\r\n");
        }
    }

    @Test
    void aProxyThatSignsAnewShowsItsChainToEveryOfferThroughATunnelOfItsOwn() throws IOException {
        TestCertificate foreign = new TestCertificate("proxy");
        try (LittleProxy proxy = LittleProxy.signsAnew(foreign)) {
            Observation seen = probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.empty(), PATIENCE);
            Attempt attempt = proxied(seen);
            assertThat(attempt.proxy().orElseThrow().status()).isEqualTo(200);
            Handshake last = attempt.handshakes().get(attempt.handshakes().size() - 1);
            assertThat(last.failure().isNone()).isTrue();
            assertThat(last.certificates()).hasSize(2);
            assertThat(proxy.heads()).hasSameSizeAs(attempt.handshakes());
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsNoFailureAndNamesItsSchemes() throws IOException {
        try (LittleProxy proxy = LittleProxy.says(CHALLENGE)) {
            Attempt attempt =
                    proxied(probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.empty(), PATIENCE));
            ThroughProxy told = attempt.proxy().orElseThrow();
            assertThat(told.status()).isEqualTo(407);
            assertThat(told.authenticateSchemes()).containsExactly("negotiate", "basic");
            assertThat(told.failure().isNone()).isTrue();
            assertThat(attempt.connect().isNone()).isTrue();
            assertThat(attempt.handshakes()).isEmpty();
        }
    }

    @Test
    void whereAPasswordIsWantedBothWaysAreTriedAndItGoesIntoNoFact() throws IOException {
        try (LittleServer courier = courier();
                LittleProxy proxy = LittleProxy.guarded(SECRET, CHALLENGE, courier.socketAddress())) {
            Observation seen = probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.of(SECRET), PATIENCE);
            assertThat(proxy.heads()).hasSize(2);
            assertThat(proxy.heads().get(0)).doesNotContain("Authorization");
            assertThat(proxy.heads().get(1)).contains("Proxy-Authorization: " + SECRET + "\r\n");
            assertThat(seen.attempts().stream().flatMap(a -> a.proxy().stream()))
                    .extracting(ThroughProxy::withCredentials, ThroughProxy::status)
                    .containsExactly(tuple(false, 407), tuple(true, 200));
            assertThat(seen.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void noPasswordGoesToAProxyThatWantsNoneOrAnotherScheme() throws IOException {
        String negotiate = CHALLENGE.replaceFirst("proxy-authenticate: Basic[^\r]*\r\n", "");
        try (LittleServer courier = courier();
                LittleProxy open = LittleProxy.open(courier.socketAddress());
                LittleProxy guarded = LittleProxy.says(negotiate)) {
            for (LittleProxy proxy : List.of(open, guarded)) {
                probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.of(SECRET), PATIENCE);
                assertThat(proxy.heads()).singleElement().asString().doesNotContain("Authorization");
            }
        }
    }

    @Test
    void aProxyThatDripsItsHeadersEndsAfterOneStage() throws IOException {
        try (LittleProxy proxy = LittleProxy.drips("HTTP/1.1 200 OK\r\n")) {
            for (ProbeKind kind : List.of(ProbeKind.COURIER, ProbeKind.HTTP)) {
                Attempt attempt = proxied(probe(
                        kind, kind == ProbeKind.HTTP ? 80 : 5223, proxy.socketAddress(), Optional.empty(), SILENCE));
                assertThat(attempt.proxy().orElseThrow().failure().kind()).isEqualTo(FailureKind.EXCHANGE_SILENT);
            }
        }
    }

    @Test
    void plainHttpGoesInAbsoluteForm() throws IOException {
        String page = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (LittleProxy proxy = LittleProxy.guarded(SECRET, CHALLENGE, page)) {
            Observation seen = probe(ProbeKind.HTTP, 80, proxy.socketAddress(), Optional.of(SECRET), PATIENCE);
            Attempt attempt = seen.attempts().get(seen.attempts().size() - 1);
            assertThat(proxy.heads()).hasSize(2);
            assertThat(proxy.heads().get(1))
                    .startsWith("GET http://name.test/ HTTP/1.1\r\nProxy-Authorization: " + SECRET + "\r\n")
                    .containsIgnoringCase("\r\nhost: name.test\r\n");
            assertThat(attempt.exchange().orElseThrow().bodyStart().latin1()).isEqualTo("ok");
            assertThat(attempt.proxy().orElseThrow())
                    .extracting(ThroughProxy::method, ThroughProxy::status)
                    .containsExactly("GET", 200);
        }
    }

    @Test
    void aSilentProxyIsAFactAfterOneStage() throws IOException {
        try (LittleProxy proxy = LittleProxy.silent()) {
            Attempt attempt = proxied(probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.empty(), SILENCE));
            assertThat(attempt.connect().isNone()).isTrue();
            assertThat(attempt.proxy().orElseThrow().failure().kind()).isEqualTo(FailureKind.EXCHANGE_SILENT);
        }
    }

    @Test
    void whatIsNoHttpIsMalformed() throws IOException {
        try (LittleProxy proxy = LittleProxy.says("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            Attempt attempt =
                    proxied(probe(ProbeKind.COURIER, 5223, proxy.socketAddress(), Optional.empty(), PATIENCE));
            assertThat(attempt.proxy().orElseThrow().failure().kind()).isEqualTo(FailureKind.EXCHANGE_MALFORMED);
        }
    }

    @Test
    void withoutAProxyNothingIsTried() throws IOException {
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Listeners.Closed closed = Listeners.closed()) {
            Observation seen =
                    run(dns, closed, closed.socketAddress(), Proxies.NONE, ProbeKind.COURIER, 5223, PATIENCE);
            assertThat(seen.attempts()).hasSize(1).allMatch(Attempt::isDirect);
        }
    }

    private static LittleServer courier() throws IOException {
        return new LittleServer(
                LittleServer.tls(genuine.serverContext(), false, List.of("apns-security-v3"), LittleServer.silent()));
    }

    private static Attempt proxied(Observation seen) {
        return seen.attempts().stream().filter(a -> !a.isDirect()).findFirst().orElseThrow();
    }

    private static Observation probe(
            ProbeKind kind, int port, InetSocketAddress proxy, Optional<String> authorization, Duration patience)
            throws IOException {
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Listeners.Closed closed = Listeners.closed()) {
            ProxyChoice choice = new ProxyChoice("proxy.test", 3128, "environment", authorization);
            Proxies proxies = (target, host) -> CompletableFuture.completedFuture(Optional.of(choice));
            return run(dns, closed, proxy, proxies, kind, port, patience);
        }
    }

    private static Observation run(
            LittleDns dns,
            Listeners.Closed closed,
            InetSocketAddress proxy,
            Proxies proxies,
            ProbeKind kind,
            int port,
            Duration patience) {
        try (Network network = Network.open(
                        address -> address.getPort() == 3128
                                ? proxy
                                : address.getPort() == port ? closed.socketAddress() : address,
                        List.of(),
                        List.of(dns.socketAddress()));
                LagMeter lag = LagMeter.on(network.loops(), network.ticker())) {
            Pass pass = new Pass(7, 1, patience, new Resolution(network, PATIENCE), lag, Distances.ofFailing())
                    .with(proxies);
            return TargetProbe.run(network, pass, target(kind, port)).join().observation();
        }
    }

    private static Target target(ProbeKind kind, int port) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId("target"),
                "name.test",
                0,
                port,
                Transport.TCP,
                kind,
                "courier.push.apple.com",
                tls ? IdentityClass.APPLE_PRIVATE : IdentityClass.NONE,
                tls ? List.of("apns-security-v3") : List.of(),
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
