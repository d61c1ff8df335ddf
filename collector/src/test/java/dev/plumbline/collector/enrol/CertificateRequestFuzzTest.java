package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What whoever has a token may send as a request for a certificate. */
final class CertificateRequestFuzzTest {
    @Test
    void anyBytesAreARequestOrRefused() throws Exception {
        byte[] usual = Requests.usual(Requests.ec("secp256r1"));
        assertThat(CertificateRequest.read(usual).key().getAlgorithm()).isEqualTo("EC");
        Fuzz.refusing(
                "requests for certificates",
                List.of(
                        usual,
                        Requests.greedy(Requests.ec("secp256r1")),
                        Requests.plain(Requests.rsa(3072), "SHA256withRSA")),
                CertificateRequest::read,
                Refusal.class);
    }
}
