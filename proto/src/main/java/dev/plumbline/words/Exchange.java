package dev.plumbline.words;

import java.time.Duration;
import java.util.Map;

/**
 * What the application said (EXCHANGE).
 *
 * @param protocol {@code HTTP/1.1}, {@code h2}, {@code ntp}, {@code ssh}, {@code quic}
 * @param status HTTP status, 0 where the protocol has none
 * @param headers names in lower case; repeated ones joined by a comma
 * @param bodyStart at most {@link #MAX_BODY_START} bytes
 * @param bodyBytes bytes received in all
 * @param summary what was seen, in words an administrator understands
 */
public record Exchange(
        String protocol,
        Failure failure,
        Duration elapsed,
        int status,
        Map<String, String> headers,
        Bytes bodyStart,
        long bodyBytes,
        String summary) {
    public static final int MAX_BODY_START = 1024;

    public Exchange {
        headers = Map.copyOf(headers);
        bodyStart = bodyStart.first(MAX_BODY_START);
    }
}
