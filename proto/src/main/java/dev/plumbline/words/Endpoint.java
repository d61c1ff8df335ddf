package dev.plumbline.words;

/**
 * One end of a connection.
 *
 * @param address IPv4 dotted quad or IPv6 text; empty when not known (an attempt that never got a local address)
 * @param port 0 when not known
 */
public record Endpoint(String address, int port) {
    public static final Endpoint NONE = new Endpoint("", 0);

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    public boolean isIpv6() {
        return address.indexOf(':') >= 0;
    }

    @Override
    public String toString() {
        return isIpv6() ? "[" + address + "]:" + port : address + ":" + port;
    }
}
