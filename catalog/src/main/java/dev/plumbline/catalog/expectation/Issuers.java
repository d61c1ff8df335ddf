package dev.plumbline.catalog.expectation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an issuer without a known anchor goes by a name that we know: a case for review and not proof of interception. */
final class Issuers {
    private static final String APPLE = "Apple Inc.";

    private Issuers() {}

    static boolean claimed(X509Certificate leaf, List<X509Certificate> expected, List<X509Certificate> known) {
        if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
            return false;
        }
        Optional<String> issuer = Names.organisation(leaf.getIssuerX500Principal());
        return issuer.isPresent()
                && (issuer.get().equals(APPLE)
                        || Stream.concat(expected.stream(), known.stream())
                                .map(a -> Names.organisation(a.getSubjectX500Principal()))
                                .anyMatch(issuer::equals));
    }
}
