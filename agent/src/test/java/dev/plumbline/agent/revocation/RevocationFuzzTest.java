package dev.plumbline.agent.revocation;

import dev.plumbline.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DER as responders, file servers and strangers' certificates may hold it. */
final class RevocationFuzzTest {
    private static final LittleAuthority AUTHORITY =
            new LittleAuthority("http://ocsp.test/own", "http://ocsp.test/own.der", "http://ocsp.test/own.crl");

    @Test
    void ocspAnswers() {
        RevocationPoints points = new RevocationPoints();
        points.learn(AUTHORITY.chain());
        byte[] request = points.responder("ocsp.test").orElseThrow().request().toArray();
        Fuzz.total(
                "OCSP answers",
                List.of(AUTHORITY.response(request, "good"), new byte[] {0x30, 3, 0x0a, 1, 6}),
                OcspAnswer::read);
    }

    @Test
    void ocspQuestions() {
        Fuzz.total(
                "OCSP questions in a path",
                Fuzz.texts(
                        "/r/MFEwTzBNMEswSTAJBgUrDgMCGgUABBQ50otx/h0Ztl+z8SiPI7wEWVxDlQQUTiJUIBiV5uNu5g/6+rkS7QYXjzkCEAz1vQYrVgL0erhQLCPM8GY="),
                bytes -> OcspQuestion.ofPath(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Test
    void files() throws CertificateEncodingException {
        Fuzz.total(
                "certificates and lists",
                List.of(
                        AUTHORITY.list(3, true),
                        AUTHORITY.list(0, false),
                        AUTHORITY.chain().get(0).getEncoded()),
                CertFile::read);
    }

    @Test
    void certificates() throws CertificateEncodingException {
        RevocationPoints points = new RevocationPoints();
        Fuzz.refusing(
                "what certificates say of their revocation",
                List.of(
                        AUTHORITY.chain().get(0).getEncoded(),
                        AUTHORITY.chain().get(1).getEncoded()),
                bytes -> points.learn(List.of((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)))),
                CertificateException.class);
    }
}
