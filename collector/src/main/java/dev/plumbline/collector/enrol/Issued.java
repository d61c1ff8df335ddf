package dev.plumbline.collector.enrol;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and its key. */
public record Issued(X509Certificate certificate, PrivateKey key) {
    /** Not the key. */
    @Override
    public String toString() {
        return "certificate of " + certificate.getSubjectX500Principal().getName();
    }
}
