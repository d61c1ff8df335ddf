package dev.plumbline.agent.hold;

import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Optional;

/**
 * To whom a connection is held.
 *
 * @param host name or address
 * @param serverName SNI, empty to send none
 * @param alpn offers in order, empty for none
 * @param pin SHA-256 of the public key that the peer must show; without it anybody's will do
 */
public record HoldTarget(
        TargetId id, HoldPeer peer, String host, int port, String serverName, List<String> alpn, Optional<Sha256> pin) {
    public HoldTarget {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        alpn = List.copyOf(alpn);
    }
}
