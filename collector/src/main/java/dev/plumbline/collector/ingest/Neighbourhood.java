package dev.plumbline.collector.ingest;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Addresses that count as one peer: a single IPv4 address, or the /64 of an IPv6 address, since whoever has one of these has 2^64
 * (RFC 4291 section 2.5.4).
 */
public record Neighbourhood(String prefix) {
    public static Neighbourhood of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return new Neighbourhood(address.getHostAddress());
        }
        byte[] bytes = address.getAddress();
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            prefix.append(String.format("%02x%02x:", bytes[i], bytes[i + 1]));
        }
        return new Neighbourhood(prefix + ":/64");
    }

    @Override
    public String toString() {
        return prefix;
    }
}
