package dev.plumbline.collector.enrol;

import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Over whose connections an agent's certificate is renewed.
 *
 * @param latest of the certificate that was given last
 * @param before of the connection that asked for it, which asks again when the answer was lost; empty when a token was spent
 */
record RenewalKeys(Sha256 latest, Optional<Sha256> before) {
    /** SHA-256 of the SubjectPublicKeyInfo. */
    static Sha256 hash(X509Certificate certificate) {
        return Sha256.of(certificate.getPublicKey().getEncoded());
    }

    boolean admit(Sha256 key) {
        return latest.equals(key) || isBefore(key);
    }

    boolean isBefore(Sha256 key) {
        return before.filter(key::equals).isPresent();
    }
}
