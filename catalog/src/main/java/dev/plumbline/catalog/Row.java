package dev.plumbline.catalog;

import dev.plumbline.words.Transport;

/**
 * One host-and-port pair of an edition as printed.
 *
 * @param host a name, a wildcard such as {@code *.push.apple.com}, or an address block
 * @param protocol as printed: {@code TCP}, {@code UDP}, {@code SSH}
 * @param os the OS column as printed, empty where the document has none
 * @param description the description cell, empty where it is blank
 * @param line line of the source document on which the entry begins, 0 for entries of our own
 */
public record Row(
        String edition,
        String section,
        String host,
        int port,
        String protocol,
        String os,
        ProxyPolicy proxy,
        String description,
        int line,
        Confidence confidence) {
    public Row {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        if (!protocol.matches("TCP|UDP|SSH")) {
            throw new IllegalArgumentException("protocol '" + protocol + "' is none of TCP, UDP, SSH");
        }
        if (!host.matches("(\\*\\.)?[a-z0-9][a-z0-9.-]*[a-z0-9]|[0-9.]+/\\d{1,2}|[0-9a-f:]+/\\d{1,3}")) {
            throw new IllegalArgumentException("host '" + host + "' is no name, wildcard or address block");
        }
    }

    public boolean isWildcard() {
        return host.startsWith("*.");
    }

    /** True for a row that names an address block in place of hosts. */
    public boolean isBlock() {
        return host.indexOf('/') >= 0;
    }

    /** SSH is printed as a protocol of its own and runs over TCP. */
    public Transport transport() {
        return protocol.equals("UDP") ? Transport.UDP : Transport.TCP;
    }

    public RowRef ref() {
        return new RowRef(
                edition, line, host + " " + port + " " + protocol + (description.isEmpty() ? "" : " " + description));
    }
}
