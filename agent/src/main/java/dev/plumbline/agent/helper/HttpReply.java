package dev.plumbline.agent.helper;

import dev.plumbline.words.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer of HTTP/1 as it came (RFC 9112). Pure.
 *
 * @param headers names in lower case, repeated ones joined by a comma
 * @param length the body's as announced, -1 when it ends with the connection
 */
record HttpReply(int status, Map<String, String> headers, Bytes body, int length) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: [^\\r\\n]*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,7}");
    private static final int MAX_FIELDS = 64;
    private static final int MAX_VALUE_CHARS = 1024;

    /** Empty as long as the head is not whole, and for what is no HTTP. */
    static Optional<HttpReply> parse(Bytes bytes) {
        String text = bytes.latin1();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length && headers.size() < MAX_FIELDS; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String value = lines[i].substring(colon + 1).trim();
                headers.merge(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        value.substring(0, Math.min(value.length(), MAX_VALUE_CHARS)),
                        (a, b) -> a + ", " + b);
            }
        }
        String length = headers.getOrDefault("content-length", "");
        return Optional.of(new HttpReply(
                Integer.parseInt(status.group(1)),
                headers,
                Bytes.of(text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1)),
                LENGTH.matcher(length).matches() ? Integer.parseInt(length) : -1));
    }

    /** Nothing more is to come, as far as the head says. */
    boolean isWhole() {
        return length >= 0 && body.size() >= length;
    }
}
