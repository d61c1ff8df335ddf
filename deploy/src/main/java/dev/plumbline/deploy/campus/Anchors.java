package dev.plumbline.deploy.campus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The trust anchors of one campus, made anew at every start.
 *
 * @param applePrivate stands for Apple's private root: couriers, configuration and account hosts
 * @param publicRoot stands for the public roots: everything else
 */
public record Anchors(X509Certificate applePrivate, X509Certificate publicRoot) {
    /**
     * Writes one PEM file for each anchor into {@code folder}, which must exist.
     *
     * @return the files by identity class: {@code apple-private}, {@code public}
     */
    public Map<String, Path> writeTo(Path folder) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("apple-private", write(folder.resolve("apple-private.pem"), applePrivate));
        files.put("public", write(folder.resolve("public.pem"), publicRoot));
        return files;
    }

    private static Path write(Path file, X509Certificate certificate) throws IOException {
        return Files.writeString(file, pem(certificate));
    }

    /** The certificate as PEM text. */
    public static String pem(X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("cannot encode " + certificate.getSubjectX500Principal(), e);
        }
    }
}
