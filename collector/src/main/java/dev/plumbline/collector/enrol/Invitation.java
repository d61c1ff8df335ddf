package dev.plumbline.collector.enrol;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * The collector's side of a join token. Of the secret only its hash is there.
 *
 * @param agent the only name that it is good for; empty = the host names itself
 * @param used by whom and when, once
 * @param revoked by whom and when
 */
record Invitation(
        Sha256 hash,
        SegmentId segment,
        Optional<String> agent,
        String createdBy,
        Instant createdAt,
        Instant endsAt,
        Optional<Use> used,
        Optional<Deed> revoked) {
    private static final int ID_DIGITS = 10;

    /** What has become of it. */
    enum State {
        OPEN,
        USED,
        ENDED,
        REVOKED
    }

    /** Who did something, and when. */
    record Deed(String who, Instant at) {}

    /**
     * What it was used for.
     *
     * @param key SHA-256 of the public key that was certified
     * @param certificate in DER
     */
    record Use(String identity, Instant at, Sha256 key, Bytes certificate) {}

    /** For people and lists: the begin of the hash, which opens nothing. */
    String id() {
        return id(hash);
    }

    static String id(Sha256 hash) {
        return hash.hex().substring(0, ID_DIGITS);
    }

    State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        if (used.isPresent()) {
            return State.USED;
        }
        return now.isBefore(endsAt) ? State.OPEN : State.ENDED;
    }

    /** In words, for the audit log. */
    String said(Instant now) {
        return switch (state(now)) {
            case OPEN -> "is open until " + endsAt;
            case USED ->
                "was used on " + used.orElseThrow().at() + " by "
                        + used.orElseThrow().identity();
            case ENDED -> "ended on " + endsAt;
            case REVOKED ->
                "was revoked on " + revoked.orElseThrow().at() + " by "
                        + revoked.orElseThrow().who();
        };
    }
}
