package dev.plumbline.collector.finding;

import java.util.EnumSet;
import java.util.Set;

/** How something is prevented. The ids are a contract: new ones are added, old ones never change their meaning. */
public enum Mechanism {
    DNS_NXDOMAIN("dns.nxdomain", Severity.VIOLATION, "the resolver says that the names do not exist"),
    DNS_REFUSED("dns.refused", Severity.VIOLATION, "the resolver refuses to answer"),
    DNS_SERVFAIL("dns.servfail", Severity.VIOLATION, "the resolver answers with a server failure"),
    DNS_SILENT("dns.silent", Severity.VIOLATION, "the resolver does not answer"),
    DNS_TRUNCATED("dns.truncated", Severity.VIOLATION, "answers are truncated and DNS over TCP does not pass"),
    DNS_SINKHOLE("dns.sinkhole", Severity.VIOLATION, "the resolver answers with an address that leads nowhere"),
    DNS_HIJACK("dns.hijack", Severity.VIOLATION, "the resolver answers with somebody else's address"),
    TCP_DROP("tcp.drop", Severity.VIOLATION, "connection attempts are silently dropped"),
    TCP_RESET("tcp.reset", Severity.VIOLATION, "connection attempts are reset by a device on the way"),
    TCP_PROHIBITED(
            "tcp.prohibited",
            Severity.VIOLATION,
            "a device on the way answers that this is administratively prohibited"),
    TCP_PROXIED("tcp.proxied", Severity.VIOLATION, "a device on the way accepts connections in Apple's place"),
    TCP_PARTIAL("tcp.partial", Severity.VIOLATION, "only some of the load-balanced addresses pass"),
    TLS_INTERCEPTED("tls.intercepted", Severity.VIOLATION, "TLS is opened and signed anew by a device on the way"),
    TLS_RESET_ON_NAME("tls.reset-on-name", Severity.VIOLATION, "connections are reset when the server's name is seen"),
    TLS_CLOSED_ON_NAME(
            "tls.closed-on-name", Severity.VIOLATION, "connections are closed when the server's name is seen"),
    TLS_STALLED("tls.stalled", Severity.VIOLATION, "connections are accepted and then never answered"),
    TLS_VERSION_BROKEN("tls.version-broken", Severity.VIOLATION, "a TLS version does not pass"),
    HTTP_PROXIED("http.proxied", Severity.VIOLATION, "plain HTTP passes through a transparent proxy"),
    HTTP_BLOCK_PAGE("http.block-page", Severity.VIOLATION, "a filter answers with its own page"),
    PORTAL_CAPTIVE("portal.captive", Severity.VIOLATION, "a captive portal answers until somebody signs in"),
    PROXY_REQUIRED("proxy.required", Severity.VIOLATION, "only an explicit proxy leads out"),
    PROXY_AUTH_REQUIRED("proxy.auth-required", Severity.VIOLATION, "only a proxy that asks for a password leads out"),
    PROXY_INTERCEPTS("proxy.intercepts", Severity.VIOLATION, "the explicit proxy opens and re-signs TLS"),
    UDP_SILENT("udp.silent", Severity.VIOLATION, "UDP gets no answer"),
    PATH_MTU("path.mtu", Severity.VIOLATION, "large packets vanish"),
    IPV6_BROKEN("ipv6.broken", Severity.VIOLATION, "IPv6 addresses are given but do not work"),
    HOLD_REAPED_SILENT("hold.reaped-silent", Severity.VIOLATION, "quiet connections are forgotten without a word"),
    HOLD_REAPED_RESET("hold.reaped-reset", Severity.VIOLATION, "quiet connections are reset"),
    HOLD_REAPED_CLOSED("hold.reaped-closed", Severity.VIOLATION, "quiet connections are closed"),
    INBOUND_OPEN("inbound.open", Severity.VIOLATION, "the segment can be reached from outside"),
    MDM_CERTIFICATE("mdm.certificate", Severity.VIOLATION, "the MDM server's certificate is not fit for devices"),
    MDM_NAME("mdm.name", Severity.VIOLATION, "the MDM server is not named by a fully qualified name"),
    MDM_TOKEN_MISSING("mdm.token-missing", Severity.VIOLATION, "devices never received a push token"),
    OUTBOUND_OPEN("outbound.open", Severity.VIOLATION, "the segment reaches what it must not reach"),
    SEGMENT_OFFLINE("segment.offline", Severity.FAULT, "nothing outside the segment answers"),
    AGENT_UNFIT("agent.unfit", Severity.FAULT, "the agent's own host is not fit to accuse anybody"),
    AGENT_DISPLACED("agent.displaced", Severity.FAULT, "the agent is not in the segment it reports for"),
    AGENT_DIFFERS("agent.differs", Severity.FAULT, "the failure follows the agent, not the segment"),
    CLOCK_WRONG("clock.wrong", Severity.FAULT, "the host's clock is wrong"),
    UPSTREAM_BLOCKED(
            "upstream.blocked", Severity.FAULT, "every segment fails alike: the cause lies beyond the site's segments"),
    APPLE_DOWN("apple.down", Severity.FAULT, "Apple's own service does not answer"),
    QUALITY_LOSS("quality.loss", Severity.NOTE, "packets are lost"),
    QUALITY_SLOW("quality.slow", Severity.NOTE, "answers are slow"),
    DNS_SLOW("dns.slow", Severity.NOTE, "the resolver is slow"),
    PROXY_OFFERED("proxy.offered", Severity.NOTE, "a proxy is offered though the direct way is open"),
    CATALOG_FAULT("catalog.fault", Severity.NOTE, "the catalog's expectation seems out of date");

    private static final Set<Mechanism> HOLDS = EnumSet.of(HOLD_REAPED_SILENT, HOLD_REAPED_RESET, HOLD_REAPED_CLOSED);
    private static final Set<Mechanism> LETS_PASS = EnumSet.of(
            TCP_PROXIED,
            HTTP_PROXIED,
            HOLD_REAPED_SILENT,
            HOLD_REAPED_RESET,
            HOLD_REAPED_CLOSED,
            OUTBOUND_OPEN,
            AGENT_UNFIT,
            AGENT_DISPLACED);
    private static final Set<Mechanism> MEETS_WHAT_WORKS = EnumSet.of(
            TCP_PROXIED,
            HTTP_PROXIED,
            HOLD_REAPED_SILENT,
            HOLD_REAPED_RESET,
            HOLD_REAPED_CLOSED,
            OUTBOUND_OPEN,
            PROXY_OFFERED);

    private final String id;
    private final Severity severity;
    private final String phrase;

    Mechanism(String id, Severity severity, String phrase) {
        this.id = id;
        this.severity = severity;
        this.phrase = phrase;
    }

    /** Stable id as printed everywhere. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** What it meets may work all the same: it is told by something else than a failure. */
    public boolean letsPass() {
        return LETS_PASS.contains(this);
    }

    /** What works is among its targets all the same. */
    public boolean meetsWhatWorks() {
        return MEETS_WHAT_WORKS.contains(this);
    }

    /** It speaks of the age of connections: never why something fails at once. */
    public boolean isOfAge() {
        return HOLDS.contains(this);
    }

    /** What happens, for the middle of a sentence. */
    public String phrase() {
        return phrase;
    }

    /**
     * The mechanism of an id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Mechanism ofId(String id) {
        for (Mechanism mechanism : values()) {
            if (mechanism.id.equals(id)) {
                return mechanism;
            }
        }
        throw new IllegalArgumentException("there is no mechanism '" + id + "'");
    }
}
