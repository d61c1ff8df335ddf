package dev.plumbline.agent.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Optional;

/** Asks the kernel for its route by connecting a UDP socket, which sends nothing. */
public final class Routes {
    private Routes() {}

    static boolean leadTo(InetSocketAddress remote) {
        return sourceTo(remote).isPresent();
    }

    /** The local address that traffic to the remote leaves from; empty without a route. */
    public static Optional<SocketAddress> sourceTo(InetSocketAddress remote) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(remote);
            return Optional.ofNullable(channel.getLocalAddress());
        } catch (IOException | UnsupportedAddressTypeException noRoute) {
            // The second: a host without any interface has no IPv6 for Java.
            return Optional.empty();
        }
    }

    /** Whether an interface that is up has this address. */
    public static boolean isOurs(InetAddress address) {
        try {
            NetworkInterface found = NetworkInterface.getByInetAddress(address);
            return found != null && found.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
