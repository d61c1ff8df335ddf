package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * The collector's side of the token of a person or a tool. Of the secret only its hash is there.
 *
 * @param name for people; several may have one
 * @param revoked by whom and when
 * @param lastUse empty = it was never used
 */
record AccessToken(
        Sha256 hash,
        String name,
        AccessRole role,
        Purview purview,
        String createdBy,
        Instant createdAt,
        Instant endsAt,
        Optional<Invitation.Deed> revoked,
        Optional<Use> lastUse) {
    private static final int ID_DIGITS = 10;

    /** What has become of it. */
    enum State {
        OPEN,
        ENDED,
        REVOKED
    }

    /** When it was shown, and from where. */
    record Use(Instant at, String address) {}

    /** For people and lists: the begin of the hash, which opens nothing. */
    String id() {
        return hash.hex().substring(0, ID_DIGITS);
    }

    /** As its bearer is called in the audit log. */
    String who() {
        return "token " + name + " (" + id() + ")";
    }

    Asker asker(String address) {
        return new Asker(who(), role, purview, address);
    }

    State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        return now.isBefore(endsAt) ? State.OPEN : State.ENDED;
    }

    /** Whether it is for this segment by name. */
    boolean isFor(SegmentId segment) {
        return purview.segments().contains(segment);
    }

    /** What is left of it when a segment is removed; empty where it was for that one alone. */
    Optional<AccessToken> without(SegmentId segment) {
        return purview.without(segment)
                .map(rest -> new AccessToken(hash, name, role, rest, createdBy, createdAt, endsAt, revoked, lastUse));
    }

    AccessToken used(Use use) {
        return new AccessToken(hash, name, role, purview, createdBy, createdAt, endsAt, revoked, Optional.of(use));
    }

    /** In words, for the audit log. */
    String said(Instant now) {
        return switch (state(now)) {
            case OPEN -> "is open until " + endsAt;
            case ENDED -> "ended on " + endsAt;
            case REVOKED ->
                "was revoked on " + revoked.orElseThrow().at() + " by "
                        + revoked.orElseThrow().who();
        };
    }
}
