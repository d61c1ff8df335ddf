package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;

/**
 * Whoever makes a call, as the connection proves it.
 *
 * @param address from where, without the port
 * @param clock this host's, by which certificates hold everywhere: the handshake knows no other, those that are given are dated by
 *     it, and their agents renew by a host's clock as well. The site's time is none to go by here: it runs ahead after the host's
 *     clock was set back, and would end certificates that every handshake still accepts.
 */
public record Caller(SpiffeId identity, X509Certificate certificate, String address, Clock clock) {
    /** Whether the connection proves nothing any more. */
    public boolean hasEnded() {
        return clock.instant().isAfter(certificateEnds());
    }

    /** After it the connection proves nothing any more. */
    public Instant certificateEnds() {
        return certificate.getNotAfter().toInstant();
    }
}
