package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * Whoever makes a call, as the connection proves it.
 *
 * @param address from where, without the port
 */
public record Caller(SpiffeId identity, X509Certificate certificate, String address) {
    /** After it the connection proves nothing any more. */
    public Instant certificateEnds() {
        return certificate.getNotAfter().toInstant();
    }
}
