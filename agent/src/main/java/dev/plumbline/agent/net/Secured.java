package dev.plumbline.agent.net;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Sha256;
import io.netty.channel.Channel;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;

/**
 * How SECURE ended. The channel stands when the handshake has no failure and is closed otherwise.
 *
 * @param evidence the certificates that the handshake names, where the peer sent any
 */
public record Secured(Channel channel, Handshake handshake, List<Evidence> evidence) {
    public Secured {
        evidence = List.copyOf(evidence);
    }

    /** SHA-256 of the public key that the peer showed (RFC 7469 2.4), whether the handshake came to an end or not. */
    public Optional<Sha256> key() {
        return evidence.stream().findFirst().flatMap(Secured::keyOf);
    }

    private static Optional<Sha256> keyOf(Evidence leaf) {
        try {
            return Optional.of(Sha256.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(leaf.content().toArray()))
                    .getPublicKey()
                    .getEncoded()));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    public boolean stands() {
        return handshake.failure().isNone();
    }
}
