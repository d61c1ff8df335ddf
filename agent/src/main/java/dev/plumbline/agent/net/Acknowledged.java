package dev.plumbline.agent.net;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.time.Duration;
import java.util.Optional;

/** Whether a kernel on the other side has acknowledged what was written, as TCP_INFO tells it; needs epoll. */
public final class Acknowledged {
    /** What the kernel's coarse clock may be off by; a quiet connection heard its last acknowledgement long before. */
    private static final long SLACK_MILLIS = 50;

    private Acknowledged() {}

    /**
     * Must be called on the channel's loop.
     *
     * @param sinceWrite how long ago the write began
     * @return empty where it cannot be measured
     */
    public static Optional<Boolean> of(Channel channel, Duration sinceWrite) {
        if (!(channel instanceof EpollSocketChannel epoll) || !epoll.isOpen()) {
            return Optional.empty();
        }
        EpollTcpInfo info = epoll.tcpInfo();
        boolean heard = info.lastAckRecv() <= sinceWrite.toMillis() + SLACK_MILLIS;
        return Optional.of(heard && info.unacked() == 0);
    }

    /** The same where the connection was reset since: what waited to be acknowledged is gone then, the last time is not. */
    public static boolean beforeItsReset(Channel channel, Duration sinceWrite) {
        return channel instanceof EpollSocketChannel epoll
                && epoll.isOpen()
                && epoll.tcpInfo().lastAckRecv() <= sinceWrite.toMillis();
    }
}
