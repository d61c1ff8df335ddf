package dev.plumbline.agent.round;

import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The evidence of one round: each piece is passed on once, certificates stay readable until the round ends. A stranger may
 * show any number of certificates of any length: what one observation brings is bounded, and what is over the bound is named
 * by its hash in the observation and kept by nobody, so that whoever judges it says that it is not kept.
 */
final class SeenEvidence implements Certificates {
    /** No more of one piece is taken by a collector. */
    static final int MOST_PIECE = 64 << 10;

    static final int MOST_PIECES = 256;
    static final int MOST_BYTES = 1 << 20;

    private final Map<Sha256, Evidence> seen = new HashMap<>();

    /** Those that were not passed on before, as far as one observation may bring them. */
    List<Evidence> fresh(List<Evidence> evidence) {
        List<Evidence> fresh = new ArrayList<>();
        int bytes = 0;
        for (Evidence one : evidence) {
            int size = one.content().size();
            boolean fits = size <= MOST_PIECE && bytes + size <= MOST_BYTES && fresh.size() < MOST_PIECES;
            if (fits && seen.putIfAbsent(one.hash(), one) == null) {
                fresh.add(one);
                bytes += size;
            }
        }
        return fresh;
    }

    @Override
    public Optional<Bytes> body(Sha256 hash) {
        return Optional.ofNullable(seen.get(hash))
                .filter(one -> one.kind().equals(Evidence.BODY))
                .map(Evidence::content);
    }

    @Override
    public Optional<X509Certificate> byHash(Sha256 hash) {
        Evidence evidence = seen.get(hash);
        if (evidence == null || !evidence.kind().equals(Evidence.X509)) {
            return Optional.empty();
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return Optional.of((X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(evidence.content().toArray())));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
