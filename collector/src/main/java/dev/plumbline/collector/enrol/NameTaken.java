package dev.plumbline.collector.enrol;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the name that a host waits for became another's meanwhile: to let it in would put it in that other's place, whose key
 * would renew no more. A token without a name never takes an agent's place. One with a name does, which is how a host comes
 * back; but only the place of whoever had the name when it began to wait.
 */
final class NameTaken {
    private NameTaken() {}

    /** Since when another has the name; empty where nobody has it that must not lose it. */
    static Optional<Instant> since(EnrolmentRecords records, PendingJoin pending) throws SQLException {
        Optional<KnownAgent> known = records.agent(pending.identity());
        // Who was revoked is refused as such.
        if (known.isEmpty() || known.get().revoked().isPresent()) {
            return Optional.empty();
        }
        Instant since = known.get().since();
        boolean isComingBack = records.invitation(pending.invitation())
                .flatMap(Invitation::agent)
                .isPresent();
        if (!isComingBack || !since.isBefore(pending.requestedAt())) {
            return Optional.of(since);
        }
        return records.lastGiven(pending.identity()).filter(at -> !at.isBefore(pending.requestedAt()));
    }
}
