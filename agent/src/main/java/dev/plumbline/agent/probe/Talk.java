package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Target;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The frame of one conversation: SECURE and EXCHANGE share one deadline, which waits as long as a further connection of
 * the conversation waits for its turn.
 *
 * @param host the name that was resolved
 * @param network the conversation's own view, which counts how long its connections wait
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
        Duration left = Duration.ofNanos(leftNanos());
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    boolean isOver() {
        return leftNanos() <= 0;
    }

    private long leftNanos() {
        return deadlineNanos + network.waitedNanos() - network.ticker().nanos();
    }
}
