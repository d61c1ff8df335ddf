package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OffersTableTest {
    private static final Target COURIER =
            Catalog.builtIn().target(new TargetId("courier:5223")).orElseThrow();
    private static final List<String> V3 = List.of("apns-security-v3");

    @Test
    void eachOfferIsALineWithTheChainThatWasSeenUnderIt() throws CertificateEncodingException {
        Evidence leaf = Evidence.x509(
                new TestCertificate("courier.push.apple.com").chain().get(0).getEncoded());
        String text = written(
                List.of(
                        handshake(V3, List.of(), Failure.none(), false, List.of(leaf)),
                        handshake(V3, List.of("TLSv1.3"), Failure.of(FailureKind.TLS_RESET), false, List.of()),
                        handshake(List.of(), List.of(), Failure.none(), true, List.of(leaf))),
                List.of(leaf));
        assertThat(text.lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        "",
                        "OFFERS TO ADDRESS NAME VERSIONS ALPN TLS CHAIN",
                        "courier:5223 17.57.144.10 courier.push.apple.com usual apns-security-v3 TLSv1.2"
                                + " courier.push.apple.com <- Test CA",
                        "courier:5223 17.57.144.10 courier.push.apple.com TLSv1.3 apns-security-v3 tls-reset -",
                        "courier:5223 17.57.144.10 courier.push.apple.com usual none TLSv1.2 asks-certificate"
                                + " courier.push.apple.com <- Test CA");
    }

    @Test
    void oneOfferIsToldInTheTableOfFactsAlready() {
        assertThat(written(List.of(handshake(V3, List.of(), Failure.none(), false, List.of())), List.of()))
                .isEmpty();
    }

    private static String written(List<Handshake> handshakes, List<Evidence> evidence) {
        Attempt attempt = new Attempt(
                "7-courier.push.apple.com",
                Transport.TCP,
                new Endpoint("192.0.2.1", 40000),
                new Endpoint("17.57.144.10", 5223),
                Instant.EPOCH,
                Failure.none(),
                Duration.ZERO,
                Duration.ZERO,
                handshakes,
                Optional.empty(),
                WhoAnswered.NOTHING);
        Facts facts = new Facts();
        facts.observed(
                new Observation(
                        COURIER.id(), 1, 1, Instant.EPOCH, Duration.ZERO, List.of(), List.of(attempt), Duration.ZERO),
                evidence);
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        OffersTable.write(facts, List.of(COURIER), writer);
        writer.flush();
        return out.toString();
    }

    private static Handshake handshake(
            List<String> alpn, List<String> versions, Failure failure, boolean asks, List<Evidence> chain) {
        return new Handshake(
                "courier.push.apple.com",
                alpn,
                versions,
                new Endpoint("192.0.2.1", 40000),
                failure,
                Duration.ZERO,
                failure.isNone() ? "TLSv1.2" : "",
                "",
                "",
                asks,
                chain.stream().map(Evidence::hash).toList());
    }
}
