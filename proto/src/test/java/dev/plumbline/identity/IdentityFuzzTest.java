package dev.plumbline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigException;
import dev.plumbline.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a certificate of whoever connects may hold, and the files of those who are to. */
final class IdentityFuzzTest {
    /** Of an agent, of a key that was thrown away. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBxjCCAWugAwIBAgIUeMJsXGWKgtyytJAzAM8ng+x66zUwCgYIKoZIzj0EAwIw
            ETEPMA0GA1UEAwwGd2lmaS0xMCAXDTI2MTEyMjA4MDg0N1oYDzIxMjYxMDI5MDgw
            ODQ3WjARMQ8wDQYDVQQDDAZ3aWZpLTEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AASdPqxGWo4gjFMVVw9PUDuKi5gQM6IZqeCh4RRh2MIQUwydDJECyYgXmNDv/UcF
            9naHb5ODaKAcxI3Jeas/z+0Bo4GeMIGbMB0GA1UdDgQWBBRiszCeYJ+qAyaB4Mjm
            UJsjNNnz9DAfBgNVHSMEGDAWgBRiszCeYJ+qAyaB4MjmUJsjNNnz9DAPBgNVHRMB
            Af8EBTADAQH/MEgGA1UdEQRBMD+GPXNwaWZmZTovL2NhbXB1cy5leGFtcGxlL3Np
            dGUvY2FtcHVzL3NlZ21lbnQvd2lmaS9hZ2VudC93aWZpLTEwCgYIKoZIzj0EAwID
            SQAwRgIhANVkrri16Hu9+FIZQ5ZGwvAbapRbxbKvMEJFlQEluaafAiEAqIeJyYhs
            KNcQMw6ZHjrNYx9VtIlL/hfzWMliGC3ietY=
            -----END CERTIFICATE-----
            """;

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void identities() {
        Fuzz.refusing(
                "identities",
                Fuzz.texts(
                        "spiffe://campus.example/site/campus/segment/wifi/agent/wifi-1",
                        "spiffe://campus.example/site/campus/collector",
                        "spiffe://campus.example/site/campus/operator/anna"),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    assertThat(SpiffeId.parse(text)).hasToString(text);
                },
                IllegalArgumentException.class);
    }

    @Test
    void identitiesInCertificates() throws Exception {
        X509Certificate right = read(CERTIFICATE.getBytes(StandardCharsets.US_ASCII));
        assertThat(SpiffeId.of(right).segment()).isPresent();
        Fuzz.refusing(
                "identities in certificates",
                List.of(right.getEncoded()),
                bytes -> SpiffeId.of(read(bytes)),
                CertificateException.class,
                IllegalArgumentException.class);
    }

    private static X509Certificate read(byte[] bytes) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    /** Any of the three files may be the wrong one; whatever is wrong is told with the file's name. */
    @Test
    void pemFiles() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Path right = Files.writeString(folder.resolve("right.pem"), CERTIFICATE + key);
        Path wrong = folder.resolve("wrong.pem");
        Fuzz.total("certificates and keys in PEM", Fuzz.texts(CERTIFICATE + key, key, CERTIFICATE), bytes -> {
            Files.write(wrong, bytes);
            refused(new TlsFiles(wrong, right, right));
            refused(new TlsFiles(right, wrong, right));
            refused(new TlsFiles(right, right, wrong));
        });
    }

    /** The key is another's, so that even what can be read is refused. */
    private void refused(TlsFiles files) {
        try {
            files.load(NOW);
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty().allMatch(problem -> problem.startsWith(folder.toString()));
            return;
        }
        throw new AssertionError("files that do not belong together were taken");
    }
}
