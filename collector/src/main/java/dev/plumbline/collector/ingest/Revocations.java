package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;

/** Who is shut out for good, whatever certificate is shown. Asked on the network's threads: an answer must be at hand. */
@FunctionalInterface
public interface Revocations {
    /** Nobody is. */
    Revocations NONE = id -> false;

    boolean isRevoked(SpiffeId id);
}
