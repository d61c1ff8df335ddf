package dev.plumbline.catalog.expectation;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a certificate may be used for (RFC 5280 §4.2.1.12): none said is every use. */
final class Usage {
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY = "2.5.29.37.0";

    private Usage() {}

    static boolean permitsServers(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(SERVER_AUTHENTICATION) || uses.contains(ANY);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
