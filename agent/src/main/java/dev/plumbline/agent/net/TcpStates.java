package dev.plumbline.agent.net;

import dev.plumbline.words.TcpState;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.Optional;

/** Reads TCP_INFO where the transport gives it. */
final class TcpStates {
    private TcpStates() {}

    /** The state now; empty without epoll, or when the socket is gone. */
    static Optional<TcpState> of(Channel channel) {
        if (!(channel instanceof EpollSocketChannel epoll) || !channel.isOpen()) {
            return Optional.empty();
        }
        try {
            EpollTcpInfo info = epoll.tcpInfo();
            return Optional.of(new TcpState((int) info.unacked(), (int) info.totalRetrans(), (int) info.pmtu()));
        } catch (ChannelException gone) {
            return Optional.empty();
        }
    }
}
