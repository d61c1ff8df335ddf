package dev.plumbline.agent.net;

import dev.plumbline.words.TtlRange;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * From how far away somebody is heard on one connection. Packets of the peer arrive with one TTL; a box on the way sends
 * with fewer hops behind it. Where the kernel drops all that has come as far as the peer's packets (IP_MINTTL,
 * IPV6_MINHOPCOUNT), whoever ends the connection is nearer than the peer. Linux, without a privilege.
 */
public final class Earshot {
    private static final int MOST_CONNECTIONS = 60;
    private static final int TIMES = 2;

    /** Nobody waits for it: what comes late on a busy host shall not be taken for silence. */
    private static final Duration WAIT = Duration.ofMillis(700);

    private static final int ALL = 0;
    private static final int GREATEST_TTL = 255;

    private final Channel channel;
    private final ChannelOption<Integer> leastTtl;
    private final int ofPeer;
    private boolean narrow;

    private Earshot(Channel channel, ChannelOption<Integer> leastTtl, int ofPeer) {
        this.channel = channel;
        this.leastTtl = leastTtl;
        this.ofPeer = ofPeer;
    }

    /**
     * Measures with which TTL the peer's packets arrive, by 60 short connections at most. Must be called on the
     * connection's loop; always completes normally, there. Empty where it cannot be measured.
     */
    public static CompletableFuture<Optional<Earshot>> on(Network network, Connection connection) {
        Optional<Channel> channel = connection.channel();
        if (!network.loops().isEpoll() || channel.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return new TtlAsk(network, channel.get().eventLoop(), connection.remote(), WAIT, TIMES)
                .arrivingTtl(MOST_CONNECTIONS)
                .thenApply(ttl -> ttl == WhoAnswered.NOT_MEASURED || ttl == GREATEST_TTL
                        ? Optional.empty()
                        : Optional.of(new Earshot(
                                channel.get(),
                                TtlOptions.of(connection.remote().getAddress()).arriving(),
                                ttl)));
    }

    /** From now on only those who are nearer than the peer are heard. */
    public void narrow() {
        narrow = true;
        channel.config().setOption(leastTtl, ofPeer + 1);
    }

    /** From now on everybody is heard. */
    public void widen() {
        if (narrow) {
            narrow = false;
            channel.config().setOption(leastTtl, ALL);
        }
    }

    /** With which TTL that arrives which is heard now and was not heard before. */
    public TtlRange heard() {
        return narrow ? new TtlRange(ofPeer + 1, GREATEST_TTL) : new TtlRange(1, ofPeer);
    }
}
