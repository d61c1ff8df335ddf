package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Target;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The frame of one conversation: SECURE and EXCHANGE share one deadline.
 *
 * @param host the name that was resolved
 * @param confirming true when an earlier probe of this round failed
 */
record Talk(
        Target target,
        String host,
        InetSocketAddress remote,
        Channel channel,
        Network network,
        EventLoop loop,
        boolean confirming,
        long deadlineNanos) {

    /** Time left, at least a millisecond so that every wait ends by itself. */
    Duration left() {
        Duration left = Duration.ofNanos(deadlineNanos - network.ticker().nanos());
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    boolean isOver() {
        return deadlineNanos - network.ticker().nanos() <= 0;
    }
}
