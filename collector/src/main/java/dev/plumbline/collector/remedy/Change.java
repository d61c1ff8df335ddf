package dev.plumbline.collector.remedy;

import dev.plumbline.collector.finding.Mechanism;
import java.util.EnumSet;
import java.util.Set;

/** What a box must do otherwise, whatever language it reads. */
enum Change {
    /** Let connections out. */
    PASS,
    /** Leave connections out of a diversion to a proxy. */
    BYPASS,
    /** Neither open TLS nor judge it by its name. */
    UNOPENED,
    /** Answer with no page of one's own. */
    UNFILTERED,
    /** Send clients the direct way. */
    DIRECT,
    /** Answer names with what the world answers. */
    TRUE_NAMES,
    /** Answer the segment's questions. */
    CLIENTS,
    /** Let questions through to the resolver. */
    QUESTIONS,
    /** Remember quiet connections. */
    MEMORY,
    /** Tell senders how large a packet may be. */
    SIZE,
    /** Let no connection out. */
    DENY,
    /** Somebody else's box: what there is to give them is a list. */
    TELL;

    /** Empty where no configuration mends it. */
    static Set<Change> of(Mechanism mechanism) {
        return switch (mechanism) {
            case TCP_DROP, TCP_RESET, TCP_PROHIBITED, TCP_PARTIAL, UDP_SILENT, IPV6_BROKEN -> EnumSet.of(PASS);
            case TCP_PROXIED, HTTP_PROXIED, TLS_STALLED -> EnumSet.of(BYPASS);
            case TLS_INTERCEPTED, PROXY_INTERCEPTS, TLS_VERSION_BROKEN, TLS_RESET_ON_NAME, TLS_CLOSED_ON_NAME ->
                EnumSet.of(UNOPENED);
            case HTTP_BLOCK_PAGE -> EnumSet.of(UNFILTERED);
            case PORTAL_CAPTIVE, UPSTREAM_BLOCKED -> EnumSet.of(TELL);
            case PROXY_REQUIRED, PROXY_AUTH_REQUIRED -> EnumSet.of(DIRECT, PASS);
            case PROXY_OFFERED -> EnumSet.of(DIRECT);
            case DNS_NXDOMAIN, DNS_SINKHOLE, DNS_HIJACK -> EnumSet.of(TRUE_NAMES);
            case DNS_REFUSED -> EnumSet.of(CLIENTS);
            case DNS_SILENT -> EnumSet.of(CLIENTS, QUESTIONS);
            case DNS_TRUNCATED -> EnumSet.of(QUESTIONS);
            case HOLD_REAPED_SILENT, HOLD_REAPED_RESET, HOLD_REAPED_CLOSED -> EnumSet.of(MEMORY);
            case PATH_MTU -> EnumSet.of(SIZE);
            case OUTBOUND_OPEN -> EnumSet.of(DENY);
            case DNS_SERVFAIL,
                    INBOUND_OPEN,
                    MDM_CERTIFICATE,
                    MDM_NAME,
                    MDM_TOKEN_MISSING,
                    SEGMENT_OFFLINE,
                    AGENT_UNFIT,
                    AGENT_DISPLACED,
                    AGENT_DIFFERS,
                    CLOCK_WRONG,
                    APPLE_DOWN,
                    QUALITY_LOSS,
                    QUALITY_SLOW,
                    DNS_SLOW,
                    CATALOG_FAULT -> EnumSet.noneOf(Change.class);
        };
    }
}
