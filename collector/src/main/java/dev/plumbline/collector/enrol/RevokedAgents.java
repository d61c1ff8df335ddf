package dev.plumbline.collector.enrol;

import dev.plumbline.collector.ingest.Revocations;
import dev.plumbline.identity.SpiffeId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The revoked identities of the file, at hand for every handshake. Any thread. */
public final class RevokedAgents implements Revocations {
    private final Set<SpiffeId> revoked = ConcurrentHashMap.newKeySet();

    public static RevokedAgents of(EnrolmentFile file) {
        RevokedAgents all = new RevokedAgents();
        file.read(EnrolmentRecords::agents).stream()
                .filter(a -> a.revoked().isPresent())
                .forEach(a -> all.add(a.identity()));
        return all;
    }

    void add(SpiffeId identity) {
        revoked.add(identity);
    }

    @Override
    public boolean isRevoked(SpiffeId id) {
        return revoked.contains(id);
    }
}
