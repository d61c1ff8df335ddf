package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;

/** What came back for a SYN that dies after so many hops. */
public enum HopAnswer {
    /** SYN-ACK. */
    ACCEPTED,
    /** RST: of the far end, or of a filter one hop nearer. */
    RESET,
    /** ICMP: the SYN died at a router, or a router forbids it; without privilege nothing tells which, nor its address. */
    ROUTER,
    SILENCE,
    /** This host could not ask. */
    NOT_ASKED;

    static HopAnswer of(Failure failure) {
        return switch (failure.kind()) {
            case NONE -> ACCEPTED;
            case CONNECT_RESET -> RESET;
            case CONNECT_SILENT -> SILENCE;
            case HOST_UNREACHABLE, CONNECT_PROHIBITED -> ROUTER;
            case NETWORK_UNREACHABLE,
                    NXDOMAIN,
                    NO_DATA,
                    DNS_REFUSED,
                    SERVFAIL,
                    DNS_SILENT,
                    DNS_TRUNCATED,
                    DNS_MALFORMED,
                    DNS_UNREACHABLE,
                    TLS_SILENT,
                    TLS_RESET,
                    TLS_CLOSED,
                    TLS_ALERT,
                    TLS_MALFORMED,
                    EXCHANGE_SILENT,
                    EXCHANGE_RESET,
                    EXCHANGE_CLOSED,
                    EXCHANGE_MALFORMED,
                    OVERLOADED,
                    LOCAL,
                    UNKNOWN -> NOT_ASKED;
        };
    }

    /** TCP itself answered. */
    public boolean isTcp() {
        return this == ACCEPTED || this == RESET;
    }
}
