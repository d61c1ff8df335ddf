package dev.plumbline.deploy.here;

import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;

/** The facts of one round as they come in; certificates are read once, as soon as they are seen. */
final class HostFacts implements RoundListener, Certificates {
    private final long expected;
    private final ObjIntConsumer<Integer> progress;
    private final List<Observation> observations = new ArrayList<>();
    private final Map<Sha256, Evidence> evidence = new ConcurrentHashMap<>();
    private final Map<Sha256, Optional<X509Certificate>> certificates = new ConcurrentHashMap<>();
    private final CompletableFuture<List<Observation>> firstLook = new CompletableFuture<>();
    private long tried;

    /**
     * @param expected how many targets are probed at first
     * @param progress told how many probes are done, and of how many
     */
    HostFacts(long expected, ObjIntConsumer<Integer> progress) {
        this.expected = expected;
        this.progress = progress;
    }

    @Override
    public synchronized void observed(Observation observation, List<Evidence> newEvidence) {
        observations.add(observation);
        keep(newEvidence);
        tried += observation.tryNumber() == 1 ? 1 : 0;
    }

    /** Keeps what observations name. */
    void keep(List<Evidence> pieces) {
        pieces.forEach(e -> evidence.put(e.hash(), e));
    }

    @Override
    public void heard(List<Evidence> newEvidence) {
        newEvidence.forEach(e -> evidence.put(e.hash(), e));
    }

    @Override
    public synchronized void progress(int done, int total) {
        progress.accept(done, total);
        if (tried == expected && !firstLook.isDone()) {
            // What looks wrong is probed again, which raises the total.
            firstLook.complete(total > expected ? List.copyOf(observations) : List.of());
        }
    }

    @Override
    public void ended(RoundSummary summary) {
        // A probe that failed by itself leaves the first look short of an observation.
        firstLook.complete(List.of());
    }

    /** Done when each target was probed once; empty when nothing looked wrong. */
    CompletableFuture<List<Observation>> firstLook() {
        return firstLook;
    }

    /** Everything that was seen. */
    synchronized Batch batch(RoundSummary summary) {
        return new Batch(new UUID(0, 0), 1, summary.planHash(), observations, List.of(summary), List.of());
    }

    @Override
    public Optional<X509Certificate> byHash(Sha256 hash) {
        Evidence known = evidence.get(hash);
        return known == null ? Optional.empty() : certificates.computeIfAbsent(hash, h -> read(known));
    }

    @Override
    public Optional<Bytes> body(Sha256 hash) {
        return Optional.ofNullable(evidence.get(hash))
                .filter(e -> e.kind().equals(Evidence.BODY))
                .map(Evidence::content);
    }

    private static Optional<X509Certificate> read(Evidence evidence) {
        try {
            return evidence.kind().equals(Evidence.X509)
                    ? Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(evidence.content().toArray())))
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
