package dev.plumbline.collector.people;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How people and tools reach the collector with tokens.
 *
 * @param own what the port shows instead of the collector's certificate
 * @param isPlain without TLS, on loopback alone
 */
public record PeopleSettings(InetSocketAddress listen, Optional<Own> own, boolean isPlain) {
    /**
     * A certificate from wherever the organisation has its certificates.
     *
     * @param certificate its chain, its own first
     */
    public record Own(Path certificate, Path key) {}

    public PeopleSettings {
        if (isPlain && !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("plain text is for loopback alone, not for " + listen);
        }
    }
}
