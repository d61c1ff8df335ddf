package dev.plumbline.agent.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetAddress;

/**
 * Socket options of Linux about distance, for one family; none needs a privilege. Level and number as in
 * {@code <netinet/in.h>}, {@code <linux/in.h>} and {@code <linux/in6.h>}.
 *
 * @param outgoing TTL or hop limit of what leaves
 * @param arriving least TTL or hop limit of what is heard; the kernel drops the rest, SYN-ACK and RST alike
 */
record TtlOptions(ChannelOption<Integer> outgoing, ChannelOption<Integer> arriving) {
    private static final int FULL_TTL = 64;

    private static final TtlOptions IPV4 = new TtlOptions(
            new IntegerUnixChannelOption("IP_TTL", 0, 2), new IntegerUnixChannelOption("IP_MINTTL", 0, 21));
    private static final TtlOptions IPV6 = new TtlOptions(
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16),
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41, 73));

    static TtlOptions of(InetAddress address) {
        return address.getAddress().length == 4 ? IPV4 : IPV6;
    }

    /** Closes a connection that was made with a low TTL: the FIN must reach the peer, so the TTL is raised first. */
    void leave(Channel channel) {
        channel.config().setOption(outgoing, FULL_TTL);
        channel.close();
    }
}
