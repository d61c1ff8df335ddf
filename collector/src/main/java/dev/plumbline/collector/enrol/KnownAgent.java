package dev.plumbline.collector.enrol;

import dev.plumbline.identity.SpiffeId;
import java.time.Instant;
import java.util.Optional;

/**
 * An identity that joined, was seen, or was revoked before it was ever seen.
 *
 * @param certificateEnds of the latest certificate that was given or shown; empty when none was seen
 */
record KnownAgent(SpiffeId identity, Instant since, Optional<Instant> certificateEnds, Optional<Revocation> revoked) {
    /** Who shut it out, when, and why. */
    record Revocation(String who, Instant at, String because) {}
}
