package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Bytes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outer property list of the push configuration: the inner one, its signature, and who signed it.
 *
 * @param certificates as they stand there, those that can be read
 */
record SignedBag(Bytes inner, Bytes signature, List<X509Certificate> certificates) {
    private static final int MOST_CERTIFICATES = 10;
    /** Possessive, so that text without an end costs no second look. */
    private static final String DATA = "<data>([A-Za-z0-9+/=\\s]*+)</data>";

    private static final Pattern BAG = Pattern.compile("<key>bag</key>\\s*+" + DATA);
    private static final Pattern SIGNATURE = Pattern.compile("<key>signature</key>\\s*+" + DATA);
    private static final Pattern CERTS = Pattern.compile("<key>certs</key>\\s*+<array>((?:\\s*+" + DATA + ")*+)");
    private static final Pattern ONE = Pattern.compile(DATA);

    /** Empty when one of the three parts is missing or is no Base64. */
    static Optional<SignedBag> read(byte[] plist) {
        String text = new String(plist, StandardCharsets.ISO_8859_1);
        Optional<byte[]> inner = data(BAG, text);
        Optional<byte[]> signature = data(SIGNATURE, text);
        Matcher certs = CERTS.matcher(text);
        if (inner.isEmpty() || signature.isEmpty() || !certs.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new SignedBag(Bytes.of(inner.get()), Bytes.of(signature.get()), certificates(certs.group(1))));
    }

    /** The certificate whose key made the signature first, then the others: a chain to judge. Empty when none did. */
    List<X509Certificate> signers() {
        for (X509Certificate candidate : certificates) {
            if (signed(candidate)) {
                List<X509Certificate> chain = new ArrayList<>(List.of(candidate));
                certificates.stream().filter(c -> !c.equals(candidate)).forEach(chain::add);
                return chain;
            }
        }
        return List.of();
    }

    private boolean signed(X509Certificate candidate) {
        String key = candidate.getPublicKey().getAlgorithm().equals("EC") ? "ECDSA" : "RSA";
        return verifies("SHA256with" + key, candidate) || verifies("SHA1with" + key, candidate);
    }

    private boolean verifies(String algorithm, X509Certificate candidate) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(candidate.getPublicKey());
            verifier.update(inner.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<byte[]> data(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? decoded(found.group(1)) : Optional.empty();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<X509Certificate> certificates(String items) {
        List<X509Certificate> all = new ArrayList<>();
        Matcher one = ONE.matcher(items);
        while (one.find() && all.size() < MOST_CERTIFICATES) {
            decoded(one.group(1)).flatMap(SignedBag::certificate).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<X509Certificate> certificate(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
