package dev.plumbline.words;

import java.util.List;

/**
 * The proxy that an attempt went through, and what it said.
 *
 * @param name as it was found, {@code host:port}
 * @param foundBy {@code configuration}, {@code environment}, {@code dhcp} or {@code wpad-dns}
 * @param method {@code CONNECT} (RFC 9110 §9.3.6), or {@code GET} in absolute form (RFC 9112 §3.2.2)
 * @param withCredentials a user and a password were sent
 * @param status HTTP status of its answer, 0 when none came
 * @param authenticateSchemes of Proxy-Authenticate (RFC 9110 §11.7.1), in the order sent
 * @param failure how the way through it ended; an answer that refuses is no failure
 */
public record ThroughProxy(
        String name,
        String foundBy,
        String method,
        boolean withCredentials,
        int status,
        List<String> authenticateSchemes,
        Failure failure) {
    public ThroughProxy {
        authenticateSchemes = List.copyOf(authenticateSchemes);
    }
}
