package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What was kept, by hash: the agent's capture of this round, or the collector's evidence. Reading a missing piece gives empty. */
@FunctionalInterface
public interface Certificates {
    Optional<X509Certificate> byHash(Sha256 hash);

    /** A piece of an answer that was kept as a whole. */
    default Optional<Bytes> body(Sha256 hash) {
        return Optional.empty();
    }
}
