package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Transport;

/** What a rule does to what it matches, and the word that the product has for it. */
enum Verb {
    /** Ends the list for what it matches; an exception when it stands before a block. */
    ACCEPT(Mechanism.TCP_DROP),
    NXDOMAIN(Mechanism.DNS_NXDOMAIN),
    REFUSE(Mechanism.DNS_REFUSED),
    SERVFAIL(Mechanism.DNS_SERVFAIL),
    UNANSWERED(Mechanism.DNS_SILENT),
    SINKHOLE(Mechanism.DNS_SINKHOLE),
    DROP(Mechanism.TCP_DROP),
    RESET(Mechanism.TCP_RESET),
    PROHIBIT(Mechanism.TCP_PROHIBITED),
    /** TLS is opened with a certificate of the box. */
    INTERCEPT(Mechanism.TLS_INTERCEPTED),
    RESET_ON_NAME(Mechanism.TLS_RESET_ON_NAME),
    CLOSE_ON_NAME(Mechanism.TLS_CLOSED_ON_NAME),
    /** Accepted and never answered, whatever the name. */
    STALL(Mechanism.TLS_STALLED),
    /** Plain HTTP gets a page of the box. */
    BLOCK_PAGE(Mechanism.HTTP_BLOCK_PAGE);

    private final Mechanism mechanism;

    Verb(Mechanism mechanism) {
        this.mechanism = mechanism;
    }

    /** False where the box cannot see what it looks for: a name in the clear, or a request. In QUIC it sees neither. */
    boolean concerns(ProbeKind probe) {
        return switch (this) {
            case INTERCEPT, RESET_ON_NAME, CLOSE_ON_NAME, STALL -> probe.seesCertificate() && probe != ProbeKind.HTTP3;
            case BLOCK_PAGE -> probe.isPlainHttp();
            case ACCEPT, NXDOMAIN, REFUSE, SERVFAIL, UNANSWERED, SINKHOLE, DROP, RESET, PROHIBIT -> true;
        };
    }

    /**
     * How the product calls it (the design's list of mechanisms). UDP knows no connection: a drop shows as silence, and any
     * refusal as an ICMP error.
     */
    Mechanism mechanism(Transport transport) {
        if (transport.equals(Transport.UDP)) {
            return switch (this) {
                case DROP -> Mechanism.UDP_SILENT;
                case RESET, PROHIBIT -> Mechanism.TCP_PROHIBITED;
                default -> mechanism;
            };
        }
        return mechanism;
    }
}
