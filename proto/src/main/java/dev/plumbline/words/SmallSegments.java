package dev.plumbline.words;

import java.util.Optional;

/**
 * A handshake that ended in silence, once more on a connection on which neither end sends large segments.
 *
 * <p>How a hole in the path's MTU shows: this handshake stands, and the neutral name with large segments is as silent as
 * the target's own. A filter that withholds answers withholds this one, too, and one that swallows a name lets the neutral
 * name pass. The large one's {@link TcpState} tells on which side the hole is: where something stays unacknowledged the
 * ClientHello itself was too large, as hellos with post-quantum keys are; where nothing does, the answer was lost.
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
