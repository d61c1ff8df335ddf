package dev.plumbline.words;

import java.time.Duration;
import java.util.List;

/**
 * One TLS handshake as captured (SECURE): everything is kept, nothing is judged.
 *
 * @param serverName SNI sent; empty when none was sent
 * @param local own end; another connection than the attempt's for every handshake but the first
 * @param versionsOffered such as {@code TLSv1.3}; empty for the usual offer of 1.2 and 1.3
 * @param version such as {@code TLSv1.3}, empty when none was agreed
 * @param alpnSelected empty when the server selected none
 * @param certificates in the order sent, leaf first
 */
public record Handshake(
        String serverName,
        List<String> alpnOffered,
        List<String> versionsOffered,
        Endpoint local,
        Failure failure,
        Duration elapsed,
        String version,
        String cipherSuite,
        String alpnSelected,
        boolean clientCertificateRequested,
        List<Sha256> certificates) {
    public Handshake {
        alpnOffered = List.copyOf(alpnOffered);
        versionsOffered = List.copyOf(versionsOffered);
        certificates = List.copyOf(certificates);
    }
}
