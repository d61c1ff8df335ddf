package dev.plumbline.words;

/** How a probe stopped, classified once at the edge. The number is the wire contract (proto {@code FailureKind}). */
public enum FailureKind {
    /** Nothing failed. */
    NONE(1),
    /** RCODE 3: the resolver says that the name does not exist. */
    NXDOMAIN(10),
    /** RCODE 0 without an answer of the type asked. */
    NO_DATA(11),
    /** RCODE 5. */
    DNS_REFUSED(12),
    /** RCODE 2, or any other error code of the resolver. */
    SERVFAIL(13),
    /** No answer from the resolver before the deadline, re-sends included. */
    DNS_SILENT(14),
    /** The UDP answer was truncated and the same question over TCP got no answer. */
    DNS_TRUNCATED(15),
    /** An answer that is no DNS message, or answers another question. */
    DNS_MALFORMED(16),
    /** The resolver's address cannot be reached (ICMP, or no route). */
    DNS_UNREACHABLE(17),
    /** No answer to any SYN before the deadline. */
    CONNECT_SILENT(20),
    /** RST in answer to a SYN. */
    CONNECT_RESET(21),
    /** EHOSTUNREACH: ICMP admin-prohibited and a missing host look alike on IPv4 (ICMP type 3 code 1, 10, 13). */
    HOST_UNREACHABLE(22),
    /** EACCES: ICMPv6 administratively prohibited (type 1 code 1, 5, 6). */
    CONNECT_PROHIBITED(23),
    /** ENETUNREACH: no route from this host, or ICMP network unreachable. */
    NETWORK_UNREACHABLE(24),
    /** The TCP connection stood, no answer to the ClientHello before the deadline. */
    TLS_SILENT(30),
    /** RST during the handshake. */
    TLS_RESET(31),
    /** FIN during the handshake without an alert. */
    TLS_CLOSED(32),
    /** The peer sent a fatal alert; the detail names it. */
    TLS_ALERT(33),
    /** The peer spoke something that is no TLS. */
    TLS_MALFORMED(34),
    /** The request went out, no answer before the deadline. */
    EXCHANGE_SILENT(40),
    /** RST after the request. */
    EXCHANGE_RESET(41),
    /** FIN before an answer. */
    EXCHANGE_CLOSED(42),
    /** An answer that is not of the protocol. */
    EXCHANGE_MALFORMED(43),
    /** The agent's own host was too busy for its time-outs to mean anything. */
    OVERLOADED(90),
    /** The agent's own host refused: no file handles, no address of the family, no permission. */
    LOCAL(91),
    /** A kind that a newer agent sent; its number is kept in {@link Failure#number()}. */
    UNKNOWN(0);

    private final int number;

    FailureKind(int number) {
        this.number = number;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** The kind of this number, {@link #UNKNOWN} when this version does not know it. */
    public static FailureKind ofNumber(int number) {
        for (FailureKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    /** Nobody answered at all: the kinds that a lost packet can also cause. */
    public boolean isSilence() {
        return switch (this) {
            case DNS_SILENT, CONNECT_SILENT, TLS_SILENT, EXCHANGE_SILENT -> true;
            case NONE,
                    NXDOMAIN,
                    NO_DATA,
                    DNS_REFUSED,
                    SERVFAIL,
                    DNS_TRUNCATED,
                    DNS_MALFORMED,
                    DNS_UNREACHABLE,
                    CONNECT_RESET,
                    HOST_UNREACHABLE,
                    CONNECT_PROHIBITED,
                    NETWORK_UNREACHABLE,
                    TLS_RESET,
                    TLS_CLOSED,
                    TLS_ALERT,
                    TLS_MALFORMED,
                    EXCHANGE_RESET,
                    EXCHANGE_CLOSED,
                    EXCHANGE_MALFORMED,
                    OVERLOADED,
                    LOCAL,
                    UNKNOWN -> false;
        };
    }
}
