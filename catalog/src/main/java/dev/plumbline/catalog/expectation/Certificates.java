package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Certificates by hash: the agent's capture of this round, or the collector's evidence. Reading a missing one gives empty. */
@FunctionalInterface
public interface Certificates {
    Optional<X509Certificate> byHash(Sha256 hash);
}
