package dev.plumbline.collector.web;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Optional;

/**
 * What a browser keeps of a session. The prefix {@code __Host-} makes browsers take it from this host alone, over TLS alone and for the
 * whole of it (RFC 6265bis section 4.1.3.2).
 */
final class SessionCookie {
    private static final String NAME = "__Host-plumbline";
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

    /** Of 32 bytes in base64url. */
    private static final int LENGTH = 43;

    private SessionCookie() {}

    /** Of two of that name, none: no browser sends them. */
    static Optional<String> secret(RequestHeaders headers) {
        var named =
                headers.cookies().stream().filter(c -> c.name().equals(NAME)).toList();
        return named.size() == 1
                ? Optional.of(named.get(0)).map(Cookie::value).filter(v -> v.length() == LENGTH)
                : Optional.empty();
    }

    /** Until the browser ends. */
    static String set(String secret) {
        return NAME + "=" + secret + ATTRIBUTES;
    }

    static String forget() {
        return NAME + "=" + ATTRIBUTES + "; Max-Age=0";
    }
}
