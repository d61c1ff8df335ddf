package dev.plumbline.collector.enrol;

import java.time.Instant;

/**
 * One line of the audit log.
 *
 * @param number from 1, without a gap
 * @param who an identity, a token's name and id, or the address of somebody without one
 * @param about an identity, the id of an invitation or of a token, a segment, or the rpc that was refused
 */
record AuditEntry(long number, Instant at, String who, What what, String about, String detail) {
    /** The names are kept in files: a new one is added, none is changed. */
    enum What {
        INVITED,
        INVITATION_REVOKED,
        JOINED,
        JOINED_AGAIN,
        JOIN_REFUSED,
        RENEWED,
        RENEWAL_REFUSED,
        AGENT_SEEN,
        AGENT_REVOKED,
        SECOND_STREAM,
        SECOND_KEY,
        TOKEN_CREATED,
        TOKEN_REVOKED,
        /** A segment that it was for was removed; it is for the others still. */
        TOKEN_NARROWED,
        TOKEN_REFUSED,
        CALL_REFUSED,
        SEGMENT_ADDED,
        SEGMENT_EDITED,
        SEGMENT_REMOVED,
        /** It was added by command and stands in the configuration now. */
        SEGMENT_WRITTEN,
        JOIN_PENDING,
        JOIN_APPROVED,
        JOIN_DENIED,
        COLLECTOR_RENEWED
    }
}
