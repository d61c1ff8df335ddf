package dev.plumbline.collector.enrol;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The authority that issues, then each issuer of the one before; the last is the anchor, which hosts are told to trust (RFC 5280
 * section 6). One certificate alone is both.
 */
record AuthorityChain(List<X509Certificate> certificates) {
    private static final int KEY_CERT_SIGN = 5;
    private static final int LEAST_RSA_BITS = 2048;
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final List<String> PURPOSES = List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");

    AuthorityChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("an authority has a certificate");
        }
    }

    X509Certificate issuing() {
        return certificates.get(0);
    }

    X509Certificate anchor() {
        return certificates.get(certificates.size() - 1);
    }

    /** What whoever trusts the anchor has to be shown after a certificate that is issued: everything but the anchor. */
    List<X509Certificate> below() {
        return certificates.subList(0, certificates.size() - 1);
    }

    /** When the first of them ends: nothing that is issued lasts longer. */
    Instant ends() {
        return certificates.stream()
                .map(c -> c.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The middle of a sentence for each that keeps this from issuing certificates for agents and the collector. */
    List<String> defects(Instant now) {
        List<String> defects = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            X509Certificate one = certificates.get(i);
            String which = "certificate " + (i + 1) + " ("
                    + one.getSubjectX500Principal().getName() + ") ";
            authority(one, i).ifPresent(d -> defects.add(which + d));
            purposes(one).ifPresent(d -> defects.add(which + d));
            time(one, now).ifPresent(d -> defects.add(which + d));
            key(one.getPublicKey()).ifPresent(d -> defects.add(which + d));
            if (i + 1 < certificates.size()) {
                signed(one, certificates.get(i + 1)).ifPresent(d -> defects.add(which + d));
            }
        }
        return defects;
    }

    private static Optional<String> authority(X509Certificate one, int authoritiesBelow) {
        int most = one.getBasicConstraints();
        boolean[] usage = one.getKeyUsage();
        if (most < 0) {
            return Optional.of("is no authority: its basicConstraints do not say so; ask for the certificate of an"
                    + " intermediate authority");
        }
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return Optional.of("may not sign certificates: its keyUsage lacks keyCertSign");
        }
        return most < authoritiesBelow
                ? Optional.of("allows a path length of " + most + ", and authorities below it are " + authoritiesBelow
                        + "; ask for one that allows so many")
                : Optional.empty();
    }

    private static Optional<String> purposes(X509Certificate one) {
        try {
            List<String> allowed = one.getExtendedKeyUsage();
            return allowed == null || allowed.contains(ANY_PURPOSE) || allowed.containsAll(PURPOSES)
                    ? Optional.empty()
                    : Optional.of(
                            "limits what is issued under it: its extendedKeyUsage needs serverAuth and clientAuth,"
                                    + " or is left out");
        } catch (CertificateParsingException e) {
            return Optional.of("has an extendedKeyUsage that cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Optional<String> time(X509Certificate one, Instant now) {
        Instant begins = one.getNotBefore().toInstant();
        Instant ends = one.getNotAfter().toInstant();
        if (now.isAfter(ends)) {
            return Optional.of("ended on " + ends + "; ask for a new one");
        }
        return now.isBefore(begins)
                ? Optional.of("begins on " + begins + ", and this host's clock says " + now + "; set the clock")
                : Optional.empty();
    }

    private static Optional<String> key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            return Optional.of("has an RSA key of " + rsa.getModulus().bitLength() + " bits; at least " + LEAST_RSA_BITS
                    + " are needed");
        }
        return key instanceof RSAPublicKey || key instanceof ECPublicKey
                ? Optional.empty()
                : Optional.of("has a key of kind " + key.getAlgorithm() + "; RSA and EC are understood");
    }

    private static Optional<String> signed(X509Certificate one, X509Certificate issuer) {
        try {
            if (one.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                one.verify(issuer.getPublicKey());
                return Optional.empty();
            }
        } catch (GeneralSecurityException e) {
            // The sentence is the same.
        }
        return Optional.of("was not issued by the next one ("
                + issuer.getSubjectX500Principal().getName()
                + "); write the issuing authority first, and after each the one that issued it");
    }

    /**
     * Why whoever trusts these does not accept a chain; empty when it does.
     *
     * @param chain own certificate first, then whatever is shown with it
     */
    static Optional<String> refused(List<X509Certificate> chain, Collection<X509Certificate> trusted, Instant now) {
        try {
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    trusted.stream().map(t -> new TrustAnchor(t, null)).collect(Collectors.toSet()), own);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
