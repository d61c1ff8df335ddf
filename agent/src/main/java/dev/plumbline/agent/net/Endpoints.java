package dev.plumbline.agent.net;

import dev.plumbline.words.Endpoint;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between socket addresses and the endpoints that facts carry. */
public final class Endpoints {
    private Endpoints() {}

    /** The endpoint of a socket address, {@link Endpoint#NONE} where there is none. */
    public static Endpoint of(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            return new Endpoint(text(inet.getAddress()), inet.getPort());
        }
        return Endpoint.NONE;
    }

    /** The endpoint that somebody else tells of; empty when it is none, which no fact may hold. */
    public static Optional<Endpoint> told(String address, String port) {
        boolean literal = NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
        return literal && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535
                ? Optional.of(new Endpoint(address, Integer.parseInt(port)))
                : Optional.empty();
    }

    /** The address as text: dotted quad or RFC 5952, without a zone. */
    public static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }
}
