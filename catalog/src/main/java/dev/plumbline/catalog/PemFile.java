package dev.plumbline.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates of a PEM or DER file. */
final class PemFile {
    private PemFile() {}

    /**
     * At least one certificate.
     *
     * @throws IllegalArgumentException with a sentence that names the file
     */
    static List<X509Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (all.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate; name a PEM file of CA certificates");
            }
            return all;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "); name an existing PEM file", e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " is no file of certificates: " + e.getMessage(), e);
        }
    }
}
