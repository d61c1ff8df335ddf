package dev.plumbline.agent.net;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Handshake;
import io.netty.channel.Channel;
import java.util.List;

/**
 * How SECURE ended. The channel stands when the handshake has no failure and is closed otherwise.
 *
 * @param evidence the certificates that the handshake names, where the peer sent any
 */
public record Secured(Channel channel, Handshake handshake, List<Evidence> evidence) {
    public Secured {
        evidence = List.copyOf(evidence);
    }

    public boolean stands() {
        return handshake.failure().isNone();
    }
}
