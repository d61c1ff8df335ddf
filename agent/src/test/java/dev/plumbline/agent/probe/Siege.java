package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.hostile.HostileServer;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Assessment;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.Expectations;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One probe of one hostile server. */
final class Siege implements AutoCloseable {
    /** All that one observation keeps, certificates and bodies included. */
    private static final int MOST_KEPT = 256 << 10;

    /** Who is content with any answer, or with its beginning. */
    private static final List<ProbeKind> CONTENT_WITH_LITTLE = List.of(
            ProbeKind.TCP, ProbeKind.HTTP, ProbeKind.SSH, ProbeKind.OCSP, ProbeKind.CERT_FILE, ProbeKind.PLIST_PLAIN);

    private final Target target;
    private final CompletableFuture<Probed> probing;
    private final HostileServer server;

    Siege(Target target, CompletableFuture<Probed> probing, HostileServer server) {
        this.target = target;
        this.probing = probing;
        this.server = server;
    }

    /** Waits for the end; who never ends fails here. */
    Siege ended() throws Exception {
        probing.get(Besieged.LONG.toSeconds() * 2, TimeUnit.SECONDS);
        return this;
    }

    /** Bytes that the server was able to write. */
    long written() {
        return server.written();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** How the furthest stage of the one attempt ended. */
    FailureKind failure() {
        Attempt attempt = attempt();
        if (!attempt.connect().isNone()) {
            return attempt.connect().kind();
        }
        return attempt.exchange()
                .map(exchange -> exchange.failure().kind())
                .orElseGet(() -> attempt.handshakes().isEmpty()
                        ? FailureKind.NONE
                        : attempt.handshakes().get(0).failure().kind());
    }

    private Attempt attempt() {
        return probing.join().observation().attempts().get(0);
    }

    void assertBounded() {
        Probed probed = probing.join();
        int kept = probed.evidence().stream().mapToInt(e -> e.content().size()).sum();
        for (Attempt attempt : probed.observation().attempts()) {
            kept += attempt.exchange().map(Siege::size).orElse(0);
            assertThat(attempt.handshakes()).hasSizeLessThan(16);
        }
        assertThat(kept).isLessThan(MOST_KEPT);
    }

    private static int size(Exchange exchange) {
        int size = exchange.bodyStart().size() + exchange.summary().length();
        for (var entry : exchange.headers().entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
        }
        for (var entry : exchange.seen().entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
        }
        return size;
    }

    /** The judge reads what came without stumbling, and none of it is the healthy answer. */
    void assertProvesNothing(ProbeKind kind) {
        Probed probed = probing.join();
        for (Attempt attempt : probed.observation().attempts()) {
            Assessment assessment = Expectations.assess(
                    target, attempt, new Kept(probed.evidence()), TrustAnchors.NONE, attempt.startedAt());
            assertThat(assessment.isMet() && !CONTENT_WITH_LITTLE.contains(kind))
                    .as(assessment.toString())
                    .isFalse();
        }
    }

    private record Kept(List<Evidence> evidence) implements Certificates {
        @Override
        public Optional<X509Certificate> byHash(Sha256 hash) {
            return body(hash).flatMap(Kept::certificate);
        }

        @Override
        public Optional<Bytes> body(Sha256 hash) {
            return evidence.stream()
                    .filter(e -> e.hash().equals(hash))
                    .map(Evidence::content)
                    .findFirst();
        }

        private static Optional<X509Certificate> certificate(Bytes der) {
            try {
                return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der.toArray())));
            } catch (CertificateException e) {
                return Optional.empty();
            }
        }
    }
}
