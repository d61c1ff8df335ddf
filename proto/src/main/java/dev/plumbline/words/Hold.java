package dev.plumbline.words;

import java.time.Duration;
import java.time.Instant;

/**
 * One connection that was left quiet for a while and then written to once: a fact, judged elsewhere.
 *
 * @param host name or address that was asked for; its address is in {@code remote}, its port too
 * @param openedAt when TLS stood and the quiet began
 * @param planned how long it was to be quiet
 * @param idle how long it was, until the write or, where that came first, the end
 * @param endNumber wire number, kept for ends that this version does not know
 * @param answered whether the peer itself answered the write; acknowledgements come from any kernel on the way
 * @param endTtl TTL or hop limit with which the end arrived, as far as it was measured
 * @param detail what was seen, for people; may be empty
 */
public record Hold(
        TargetId target,
        HoldPeer peer,
        String host,
        Endpoint local,
        Endpoint remote,
        Instant openedAt,
        Duration planned,
        Duration idle,
        HoldEnd end,
        int endNumber,
        boolean answered,
        TtlRange endTtl,
        String detail) {
    /** Longest detail that is kept. */
    public static final int MAX_DETAIL = 300;

    public Hold {
        if (end != HoldEnd.UNKNOWN && end.number() != endNumber) {
            throw new IllegalArgumentException("end " + end + " has number " + end.number() + ", not " + endNumber);
        }
        if (endTtl.isMeasured() && !end.isBySomebody() && end != HoldEnd.UNKNOWN) {
            throw new IllegalArgumentException("an end " + end + " arrives with no packet, so it has no TTL");
        }
        if (planned.isNegative() || idle.isNegative()) {
            throw new IllegalArgumentException("quiet lasts no negative time");
        }
        if (answered && end != HoldEnd.ALIVE && end != HoldEnd.UNKNOWN) {
            throw new IllegalArgumentException("who answered is alive, not " + end);
        }
        if (detail.length() > MAX_DETAIL) {
            detail = detail.substring(0, MAX_DETAIL);
        }
    }

    /** The port that was held. */
    public int port() {
        return remote.port();
    }
}
