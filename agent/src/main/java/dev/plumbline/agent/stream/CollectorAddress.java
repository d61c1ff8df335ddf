package dev.plumbline.agent.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the collector listens. An address is better than a name: the segment's DNS may be what is broken.
 *
 * @param host name or IP address; IPv6 without brackets
 */
public record CollectorAddress(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]\\s]+)):(\\d{1,5})");

    public CollectorAddress {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /**
     * Reads {@code host:port}, {@code 192.0.2.1:port} or {@code [2001:db8::1]:port}.
     *
     * @throws IllegalArgumentException with a sentence that shows the form
     */
    public static CollectorAddress parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address; write 192.0.2.1:50051, [2001:db8::1]:50051 or name:50051");
        }
        return new CollectorAddress(m.group(1) == null ? m.group(2) : m.group(1), Integer.parseInt(m.group(3)));
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
