package dev.plumbline.agent.net;

import java.net.InetSocketAddress;

/**
 * Turns the address that a fact speaks of into the one that the socket uses, right before connecting or sending.
 *
 * <p>The identity in production; a simulated campus maps Apple's addresses onto loopback with it.
 */
@FunctionalInterface
public interface Dialer {
    InetSocketAddress dial(InetSocketAddress address);

    static Dialer direct() {
        return address -> address;
    }
}
