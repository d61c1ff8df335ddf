package dev.plumbline.agent.enrol;

import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Sha256;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the one collector whose chain leads to the one authority with a known fingerprint, which the server shows among its
 * certificates. Everybody else is refused; nothing is trusted because it was seen first.
 */
final class PinnedAuthority extends X509ExtendedTrustManager {
    private final Sha256 fingerprint;
    private final SpiffeId collector;
    private volatile @Nullable X509Certificate found;

    /**
     * @param fingerprint SHA-256 of the authority's certificate in DER
     * @param collector the only one under it that is trusted
     */
    PinnedAuthority(Sha256 fingerprint, SpiffeId collector) {
        this.fingerprint = fingerprint;
        this.collector = collector;
    }

    /** The authority, once a server has proved to be under it. */
    Optional<X509Certificate> found() {
        return Optional.ofNullable(found);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        for (X509Certificate shown : chain) {
            if (Sha256.of(shown.getEncoded()).equals(fingerprint)) {
                PeerTrust.collectorUnder(shown, collector).checkServerTrusted(chain, authType);
                found = shown;
                return;
            }
        }
        throw new CertificateException(
                "the server shows no authority with the token's fingerprint: it is not the collector"
                        + " that gave the token, or somebody is in between");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a host that joins serves nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
