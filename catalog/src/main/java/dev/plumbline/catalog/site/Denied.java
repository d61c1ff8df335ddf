package dev.plumbline.catalog.site;

import dev.plumbline.words.TargetId;
import java.util.Locale;

/**
 * A TCP port of a host that some segment must not reach.
 *
 * @param host name in lower case, or an address without brackets
 */
public record Denied(String host, int port) {
    private static final String PREFIX = "deny:";

    /** With prefix and port it still is the id of a target. */
    private static final int LONGEST_HOST = 110;

    private static final String NAME = "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    public Denied {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        if (host.length() > LONGEST_HOST) {
            throw new IllegalArgumentException("'" + host + "' is too long; at most " + LONGEST_HOST
                    + " characters are understood: write the address in its place");
        }
        boolean numbers = host.matches("[0-9.]+");
        if (!(numbers ? SiteReader.isIpv4(host) : host.matches(NAME) || isIpv6(host))) {
            throw new IllegalArgumentException("'" + host + "' is neither the name of a host nor an address");
        }
    }

    /**
     * Of {@code HOST:PORT}, an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException with a sentence that shows what would be right
     */
    public static Denied parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || !port.matches("\\d{1,5}") || (host.indexOf(':') >= 0 && !bracketed)) {
            throw new IllegalArgumentException("'" + text + "' is no TCP port of a host; write HOST:PORT such as"
                    + " jss.campus.example:8443, 198.51.100.40:8443 or [2001:db8::40]:8443");
        }
        return new Denied(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    private static boolean isIpv6(String host) {
        return host.indexOf(':') >= 0 && SiteReader.isIpv6(host);
    }

    /** The host is an address: no name is asked for, and none is offered in TLS (RFC 6066 section 3). */
    public boolean isAddress() {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    /** The target that stands for it in every plan. */
    public TargetId target() {
        return new TargetId(PREFIX + host + ":" + port);
    }

    /** As it is written in the site's configuration. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
