package dev.plumbline.agent.cli;

import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one round brought, gathered in memory. */
final class Facts implements RoundListener, Certificates {
    private final List<Observation> observations = new ArrayList<>();
    private final Map<Sha256, X509Certificate> certificates = new LinkedHashMap<>();
    private final Map<Sha256, Bytes> bodies = new LinkedHashMap<>();
    private Optional<RoundSummary> summary = Optional.empty();

    @Override
    public synchronized void observed(Observation observation, List<Evidence> newEvidence) {
        observations.add(observation);
        newEvidence.forEach(this::keep);
    }

    private void keep(Evidence evidence) {
        if (evidence.kind().equals(Evidence.BODY)) {
            bodies.put(evidence.hash(), evidence.content());
        } else {
            parse(evidence).ifPresent(certificate -> certificates.put(evidence.hash(), certificate));
        }
    }

    @Override
    public synchronized void heard(List<Evidence> newEvidence) {
        newEvidence.forEach(this::keep);
    }

    @Override
    public synchronized void ended(RoundSummary ended) {
        summary = Optional.of(ended);
    }

    /** All observations, in the order in which they ended. */
    synchronized List<Observation> observations() {
        return List.copyOf(observations);
    }

    /** The last observation of each target: a confirmation replaces what it confirms. */
    synchronized Map<TargetId, Observation> last() {
        Map<TargetId, Observation> last = new LinkedHashMap<>();
        observations.forEach(observation -> last.put(observation.target(), observation));
        return last;
    }

    synchronized Optional<RoundSummary> summary() {
        return summary;
    }

    @Override
    public synchronized Optional<X509Certificate> byHash(Sha256 hash) {
        return Optional.ofNullable(certificates.get(hash));
    }

    @Override
    public synchronized Optional<Bytes> body(Sha256 hash) {
        return Optional.ofNullable(bodies.get(hash));
    }

    synchronized Map<Sha256, X509Certificate> certificates() {
        return Map.copyOf(certificates);
    }

    /** A listener that tells another one, too. */
    RoundListener and(ProgressLine progress) {
        return new RoundListener() {
            @Override
            public void observed(Observation observation, List<Evidence> newEvidence) {
                Facts.this.observed(observation, newEvidence);
            }

            @Override
            public void heard(List<Evidence> newEvidence) {
                Facts.this.heard(newEvidence);
            }

            @Override
            public void progress(int done, int total) {
                progress.show(done, total);
            }

            @Override
            public void ended(RoundSummary ended) {
                Facts.this.ended(ended);
            }
        };
    }

    private static Optional<X509Certificate> parse(Evidence evidence) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(evidence.content().toArray())));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
