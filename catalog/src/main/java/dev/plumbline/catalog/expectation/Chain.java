package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Sha256;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Path validation (RFC 5280 §6, revocation off) of what a server showed, at a time that is given. */
final class Chain {
    private static final int LONGEST = 10;

    private Chain() {}

    /**
     * @param shown leaf first, the rest in any order
     * @param pins certificates that end a path when they are among those shown
     */
    static ChainVerdict judge(
            List<X509Certificate> shown, List<X509Certificate> anchors, Set<Sha256> pins, Instant at) {
        List<X509Certificate> ends = new ArrayList<>(anchors);
        shown.stream().filter(c -> pins.contains(hash(c))).forEach(ends::add);
        List<X509Certificate> path = walk(shown, ends);
        if (path.isEmpty()) {
            return new ChainVerdict(ChainVerdict.Kind.NO_ANCHOR, "");
        }
        // A path found by name and signature may not be the only one, so PKIX speaks before the dates do.
        Optional<String> refusal = refusal(shown, ends, at);
        if (refusal.isEmpty() && pinsValid(path, pins, at)) {
            return new ChainVerdict(ChainVerdict.Kind.TRUSTED, "");
        }
        return path.stream()
                .filter(c -> !validAt(c, at))
                .findFirst()
                .map(c -> new ChainVerdict(ChainVerdict.Kind.EXPIRED, validity(c, at)))
                .orElseGet(() -> new ChainVerdict(
                        ChainVerdict.Kind.REFUSED, refusal.orElse("a pinned certificate is not valid")));
    }

    private static Optional<String> refusal(List<X509Certificate> shown, List<X509Certificate> ends, Instant at) {
        try {
            Set<TrustAnchor> trusted = new HashSet<>();
            ends.forEach(c -> trusted.add(new TrustAnchor(c, null)));
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(shown.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.setMaxPathLength(LONGEST);
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (CertPathBuilderException e) {
            Throwable cause = e.getCause() instanceof CertPathValidatorException c ? c : e;
            return Optional.of("path validation refuses it: " + cause.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PKIX path building", e);
        }
    }

    /** From the leaf to an end by name and signature alone, the end included; empty when none is reached. */
    private static List<X509Certificate> walk(List<X509Certificate> shown, List<X509Certificate> ends) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate last = shown.get(0);
        path.add(last);
        while (path.size() <= LONGEST) {
            if (ends.contains(last)) {
                return path;
            }
            Optional<X509Certificate> end = issuer(last, ends, path);
            if (end.isPresent()) {
                path.add(end.get());
                return path;
            }
            Optional<X509Certificate> next = issuer(last, shown, path);
            if (next.isEmpty()) {
                return List.of();
            }
            last = next.get();
            path.add(last);
        }
        return List.of();
    }

    private static Optional<X509Certificate> issuer(
            X509Certificate of, List<X509Certificate> among, List<X509Certificate> path) {
        return among.stream()
                .filter(c -> !path.contains(c))
                .filter(c -> c.getSubjectX500Principal().equals(of.getIssuerX500Principal()) && signed(of, c))
                .findFirst();
    }

    private static boolean signed(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** PKIX does not ask an anchor for its dates; a pinned certificate is an issuer like any other. */
    private static boolean pinsValid(List<X509Certificate> path, Set<Sha256> pins, Instant at) {
        return path.stream().allMatch(c -> !pins.contains(hash(c)) || validAt(c, at));
    }

    private static boolean validAt(X509Certificate c, Instant at) {
        return !at.isBefore(c.getNotBefore().toInstant())
                && !at.isAfter(c.getNotAfter().toInstant());
    }

    private static String validity(X509Certificate c, Instant at) {
        Instant from = c.getNotBefore().toInstant();
        return at.isBefore(from)
                ? "the certificate of " + Names.subject(c) + " is valid only from " + from
                : "the certificate of " + Names.subject(c) + " was valid only until "
                        + c.getNotAfter().toInstant();
    }

    static Sha256 hash(X509Certificate certificate) {
        try {
            return Sha256.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
