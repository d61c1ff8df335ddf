package dev.plumbline.collector.http;

import java.net.InetSocketAddress;

/**
 * Where the collector answers over HTTP.
 *
 * @param isPlain without TLS, on loopback alone
 */
public record HttpSettings(InetSocketAddress listen, boolean isPlain) {
    public HttpSettings {
        if (isPlain && !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("plain text is for loopback alone, not for " + listen);
        }
    }
}
