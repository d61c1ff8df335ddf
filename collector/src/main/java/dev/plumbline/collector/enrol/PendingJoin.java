package dev.plumbline.collector.enrol;

import dev.plumbline.identity.KeyFingerprint;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * A host that has a token and waits for somebody to say yes. It holds the token and the name until one of them ends.
 *
 * @param invitation hash of the token
 * @param key SHA-256 of the public key that asks
 * @param address from where it asked first
 * @param endsAt with the token
 */
record PendingJoin(
        Sha256 invitation,
        SpiffeId identity,
        Sha256 key,
        String address,
        Instant requestedAt,
        Instant endsAt,
        Optional<Decision> decision) {
    /** What somebody said. */
    record Decision(boolean isApproved, String who, Instant at, String because) {}

    boolean isApproved() {
        return decision.filter(Decision::isApproved).isPresent();
    }

    boolean isDenied() {
        return decision.isPresent() && !isApproved();
    }

    KeyFingerprint fingerprint() {
        return new KeyFingerprint(key);
    }

    PendingJoin decided(Decision other) {
        return new PendingJoin(invitation, identity, key, address, requestedAt, endsAt, Optional.of(other));
    }
}
