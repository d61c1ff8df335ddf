package dev.plumbline.collector.round;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates that lie as evidence beside the journal. They are few and cited all the time, so they are kept. */
public final class JournalCertificates implements Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(JournalCertificates.class);

    private final JournalHistory journal;
    private final Cache<Sha256, X509Certificate> known =
            Caffeine.newBuilder().maximumSize(2_000).build();
    private long upTo = Long.MAX_VALUE;

    public JournalCertificates(JournalHistory journal) {
        this.journal = journal;
    }

    /** From now on what came up to a position counts, which never goes back; before it is said, all. */
    public void upTo(long position) {
        upTo = position;
    }

    @Override
    public Optional<X509Certificate> byHash(Sha256 hash) {
        // What is not there now may come with the next batch: only what was found is kept.
        return Optional.ofNullable(known.get(hash, h -> read(h).orElse(null)));
    }

    @Override
    public Optional<Bytes> body(Sha256 hash) {
        try {
            return journal.evidence(hash, upTo)
                    .filter(e -> e.kind().equals(Evidence.BODY))
                    .map(Evidence::content);
        } catch (JournalException e) {
            LOG.warn("evidence {} cannot be read: {}", hash, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<X509Certificate> read(Sha256 hash) {
        try {
            Optional<Evidence> evidence = journal.evidence(hash, upTo);
            if (evidence.isEmpty() || !evidence.get().kind().equals(Evidence.X509)) {
                return Optional.empty();
            }
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(evidence.get().content().toArray())));
        } catch (CertificateException e) {
            LOG.debug("evidence {} is no certificate: {}", hash, e.getMessage());
            return Optional.empty();
        } catch (JournalException e) {
            LOG.warn("evidence {} cannot be read: {}", hash, e.getMessage());
            return Optional.empty();
        }
    }
}
