package dev.plumbline.words;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One TLS handshake as captured (SECURE), over TCP or in QUIC: everything is kept, nothing is judged.
 *
 * @param serverName SNI sent; empty when none was sent
 * @param local own end; another connection than the attempt's for every handshake but the first
 * @param versionsOffered such as {@code TLSv1.3}; empty for the usual offer of 1.2 and 1.3
 * @param version such as {@code TLSv1.3}, empty when none was agreed
 * @param alpnSelected empty when the server selected none
 * @param certificates in the order sent, leaf first
 * @param firstFlight from the ClientHello to the first byte of the answer; zero when none came or it was not measured. A
 *     SYN round trip much below it was answered by somebody nearer than the server
 * @param tcpState only where the handshake ended in silence and the platform tells
 * @param quic present when the handshake was made in QUIC, where TLS is a part of it (RFC 9001)
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
        List<Sha256> certificates,
        Duration firstFlight,
        Optional<TcpState> tcpState,
        Optional<QuicHandshake> quic) {
    public Handshake {
        alpnOffered = List.copyOf(alpnOffered);
        versionsOffered = List.copyOf(versionsOffered);
        certificates = List.copyOf(certificates);
    }

    /** One over TCP whose first flight was not timed. */
    public Handshake(
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
        this(
                serverName,
                alpnOffered,
                versionsOffered,
                local,
                failure,
                elapsed,
                version,
                cipherSuite,
                alpnSelected,
                clientCertificateRequested,
                certificates,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
    }
}
