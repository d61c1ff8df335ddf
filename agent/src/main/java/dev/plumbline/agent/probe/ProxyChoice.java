package dev.plumbline.agent.probe;

import java.util.Optional;

/**
 * A proxy that a target is tried through.
 *
 * @param host name or address
 * @param foundBy {@code configuration}, {@code environment}, {@code dhcp} or {@code wpad-dns}
 * @param authorization value of Proxy-Authorization, sent when the proxy asks for one, empty to send none; never shown
 */
public record ProxyChoice(String host, int port, String foundBy, Optional<String> authorization) {
    public String name() {
        return host + ":" + port;
    }

    ProxyChoice withoutCredentials() {
        return new ProxyChoice(host, port, foundBy, Optional.empty());
    }

    @Override
    public String toString() {
        return name() + " found by " + foundBy;
    }
}
