package dev.plumbline.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one end of a mutual TLS connection needs.
 *
 * @param chain own certificate first
 * @param trust anchors that the peer's certificate must lead to
 * @param identity that of the own certificate
 */
public record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> trust, SpiffeId identity) {
    public TlsMaterial {
        chain = List.copyOf(chain);
        trust = List.copyOf(trust);
        if (chain.isEmpty() || trust.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate of one's own and an anchor for the peer's");
        }
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "TLS material of " + identity;
    }
}
