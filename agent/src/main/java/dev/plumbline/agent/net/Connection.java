package dev.plumbline.agent.net;

import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How CONNECT ended. The channel is present exactly when there was no failure; whoever takes the value closes it.
 *
 * @param remote the address that facts speak of, before any {@link Dialer}
 * @param synRoundTrip the kernel's round trip of the SYN, zero when not measured
 */
public record Connection(
        InetSocketAddress remote,
        Optional<Channel> channel,
        Endpoint local,
        Instant startedAt,
        Failure failure,
        Duration elapsed,
        Duration synRoundTrip) {
    public Connection {
        if (channel.isPresent() != failure.isNone()) {
            throw new IllegalArgumentException("a connection either stands or failed, not " + failure);
        }
    }

    /** Closes the channel when there is one. */
    public void close() {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
