package dev.plumbline.catalog;

import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.words.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust anchors without any overlay: the JVM's own store for public CAs, a pin for Apple's private PKI. */
final class StandardAnchors {
    /** SHA-256 of {@code Apple Server Authentication CA}, RSA-2048, valid to 2029-03-08. */
    private static final Sha256 APPLE_SERVER_AUTHENTICATION_CA =
            new Sha256("efd0c3352e8f5cc6c7678a5cb48370c341db58d39fc0569d5e106f02c4fcaceb");

    private StandardAnchors() {}

    static TrustAnchors read() {
        return TrustAnchors.NONE
                .with(IdentityClass.PUBLIC, publicStore())
                .withPins(IdentityClass.APPLE_PRIVATE, Set.of(APPLE_SERVER_AUTHENTICATION_CA));
    }

    private static List<X509Certificate> publicStore() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(m -> Arrays.stream(((X509TrustManager) m).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no readable store of public CAs", e);
        }
    }
}
