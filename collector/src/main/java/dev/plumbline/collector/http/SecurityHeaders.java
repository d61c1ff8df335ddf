package dev.plumbline.collector.http;

import java.util.Map;

/**
 * What every answer says to browsers, unless a page says something else: it is not kept, guessed at, framed or taken by pages of
 * other origins. Not {@code Strict-Transport-Security}, which would speak for every other port of the host, too.
 */
final class SecurityHeaders {
    static final Map<String, String> ALL = Map.of(
            "x-content-type-options", "nosniff",
            "cache-control", "no-store",
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer",
            "cross-origin-resource-policy", "same-origin");

    private SecurityHeaders() {}
}
