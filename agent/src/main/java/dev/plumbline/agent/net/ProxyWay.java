package dev.plumbline.agent.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A way to one host through an HTTP proxy: a tunnel (CONNECT, RFC 9110 §9.3.6), or for plain HTTP requests in absolute
 * form (RFC 9112 §3.2.2).
 *
 * @param authorization value of Proxy-Authorization, empty to send none; never shown
 */
public record ProxyWay(
        InetSocketAddress proxy, String host, int port, boolean tunnels, Optional<String> authorization) {
    /** Host and port as CONNECT names them. */
    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** What stands before the path in a request of absolute form. */
    String origin() {
        return "http://" + (port == 80 ? authority().replaceFirst(":80$", "") : authority());
    }

    String authorizationLine() {
        return authorization.map(a -> "Proxy-Authorization: " + a + "\r\n").orElse("");
    }

    @Override
    public String toString() {
        return (tunnels ? "tunnel to " : "requests to ") + authority() + " through " + proxy;
    }
}
