package dev.plumbline.words;

import java.util.Optional;

/**
 * A handshake that ended in silence, once more on a connection on which neither end sends large segments.
 *
 * <p>How a hole in the path's MTU shows: this handshake stands; the large one's {@link TcpState} has nothing
 * unacknowledged, for the small ClientHello arrived; and the neutral name is silent, too. A filter that withholds answers
 * withholds this one, and one that swallows a name lets the neutral name pass.
 *
 * @param segmentBytes the bound (TCP_MAXSEG, RFC 9293 §3.7.1)
 * @param handshake empty when CONNECT failed
 */
public record SmallSegments(int segmentBytes, Failure connect, Optional<Handshake> handshake) {
    /** The handshake stood where the one with large segments was silent. */
    public boolean stand() {
        return handshake.filter(h -> h.failure().isNone()).isPresent();
    }
}
