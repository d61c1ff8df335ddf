package dev.plumbline.agent.net;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Certificates as evidence. Most handshakes show what others showed before: those are found by their bytes, which costs less
 * than their names by SHA-256 do. Bounded, and safe for use by all loops.
 */
final class ShownCertificates {
    private static final int MOST = 256;
    private static final int LARGEST_BYTES = 4096;

    private final Map<Bytes, Evidence> seen = new ConcurrentHashMap<>();

    List<Evidence> of(List<X509Certificate> chain) {
        List<Evidence> evidence = new ArrayList<>(chain.size());
        for (X509Certificate certificate : chain) {
            evidence.add(of(certificate));
        }
        return evidence;
    }

    private Evidence of(X509Certificate certificate) {
        byte[] der = encoded(certificate);
        if (der.length > LARGEST_BYTES) {
            return Evidence.x509(der);
        }
        Bytes bytes = Bytes.of(der);
        Evidence known = seen.get(bytes);
        if (known != null) {
            return known;
        }
        if (seen.size() >= MOST) {
            seen.clear();
        }
        Evidence fresh = Evidence.x509(der);
        seen.put(bytes, fresh);
        return fresh;
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was just shown has no encoding", e);
        }
    }
}
