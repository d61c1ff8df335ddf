package dev.plumbline.identity;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts a peer whose chain leads to one of the anchors and whose identity is the one looked for. Host names are not
 * compared: the identity says more, and collectors are reached by address.
 */
public final class PeerTrust extends X509ExtendedTrustManager {
    private final X509TrustManager chains;
    private final Predicate<SpiffeId> identities;
    private final String wanted;

    private PeerTrust(X509TrustManager chains, Predicate<SpiffeId> identities, String wanted) {
        this.chains = chains;
        this.identities = identities;
        this.wanted = wanted;
    }

    /** For agents and operators: the collector of their own site. */
    public static PeerTrust collectorOf(TlsMaterial own) {
        SpiffeId wanted =
                SpiffeId.collector(own.identity().domain(), own.identity().site());
        return new PeerTrust(chains(own.trust()), wanted::equals, wanted.toString());
    }

    /** For whoever knows nothing of a site but its authority and name: the collector of this name under it. */
    public static PeerTrust collectorUnder(X509Certificate authority, SpiffeId collector) {
        return new PeerTrust(chains(List.of(authority)), collector::equals, collector.toString());
    }

    /**
     * For the collector: anybody with an identity of its own site.
     *
     * @param isRevoked who is refused all the same
     */
    public static PeerTrust siteOf(TlsMaterial own, Predicate<SpiffeId> isRevoked) {
        SpiffeId self = own.identity();
        return new PeerTrust(
                chains(own.trust()),
                id -> self.isSameSite(id) && !isRevoked.test(id),
                "an identity of spiffe://" + self.domain() + "/site/" + self.site() + " that was not revoked");
    }

    private static X509TrustManager chains(List<X509Certificate> anchors) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("the platform has no PKIX trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the platform cannot hold trust anchors", e);
        }
    }

    private void checkIdentity(X509Certificate[] chain) throws CertificateException {
        SpiffeId id;
        try {
            id = SpiffeId.of(chain[0]);
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
        if (!identities.test(id)) {
            throw new CertificateException("the peer is " + id + ", not " + wanted);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkClientTrusted(chain, authType);
        checkIdentity(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            chains.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw timely(chain, e);
        }
        checkIdentity(chain);
    }

    /** A certificate that this host's clock calls ended, or not begun, may be right and the clock wrong. */
    private static CertificateException timely(X509Certificate[] chain, CertificateException problem) {
        Instant now = Instant.now();
        for (X509Certificate certificate : chain) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant to = certificate.getNotAfter().toInstant();
            if (now.isBefore(from) || now.isAfter(to)) {
                return new CertificateException(
                        "the certificate of " + certificate.getSubjectX500Principal() + " holds from " + from + " to "
                                + to + ", but this host's clock says " + now
                                + "; set the clock, or renew the certificate",
                        problem);
            }
        }
        return problem;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
