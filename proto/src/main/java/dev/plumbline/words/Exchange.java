package dev.plumbline.words;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the application said (EXCHANGE).
 *
 * @param protocol {@code HTTP/1.1}, {@code h2}, {@code ntp}, {@code ssh}, {@code quic}
 * @param status HTTP status, 0 where the protocol has none
 * @param headers names in lower case; repeated ones joined by a comma
 * @param bodyStart at most {@link #MAX_BODY_START} bytes
 * @param bodyBytes bytes received in all
 * @param asked what was asked, where a target is asked in several ways; else empty
 * @param seen what the agent read out of the answer, by the names that the target's expectation knows
 * @param evidence what is kept of the answer
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
        String asked,
        Map<String, String> seen,
        List<Sha256> evidence,
        String summary) {
    public static final int MAX_BODY_START = 1024;

    public Exchange {
        headers = Map.copyOf(headers);
        seen = Map.copyOf(seen);
        evidence = List.copyOf(evidence);
        bodyStart = bodyStart.first(MAX_BODY_START);
    }

    /** The same, with one thing more that was seen. */
    public Exchange seeing(String name, String value) {
        Map<String, String> more = new HashMap<>(seen);
        more.put(name, value);
        return new Exchange(
                protocol, failure, elapsed, status, headers, bodyStart, bodyBytes, asked, more, evidence, summary);
    }
}
