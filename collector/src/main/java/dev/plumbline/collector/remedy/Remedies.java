package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;

/** The change that mends a mechanism of a scope, addressed to whoever runs the box. */
public final class Remedies {
    private static final String APPLE = "17.0.0.0/8 (IPv6: 2620:149::/32, 2403:300::/32, 2a01:b740::/32)";

    private Remedies() {}

    public static String of(Place place, Mechanism mechanism, Scope scope) {
        return switch (mechanism) {
            case DNS_NXDOMAIN, DNS_SINKHOLE, DNS_HIJACK ->
                "On the resolver of " + place
                        + " remove the policy or zone that answers in the place of " + names(scope)
                        + "; forward these names to a resolver that asks the public DNS.";
            case DNS_REFUSED ->
                "On the resolver of " + place + " allow queries and recursion from this segment's addresses.";
            case DNS_SERVFAIL ->
                "Mend the resolver of " + place + ": its forwarders or its recursion fail for " + names(scope) + ".";
            case DNS_SILENT ->
                "Allow udp/53 and tcp/53 from " + place
                        + " to its resolver, or give the segment a resolver that answers.";
            case DNS_TRUNCATED ->
                "Allow tcp/53 from " + place
                        + " to its resolver: truncated answers are asked again over TCP (RFC 7766).";
            case TCP_DROP, TCP_RESET, TCP_PROHIBITED ->
                "Allow outbound connections from " + place + " for " + scope + ": destination " + APPLE
                        + ", ahead of the rule that stops them; return traffic by connection state.";
            case TCP_PARTIAL ->
                "Replace the list of single addresses for " + scope + " by Apple's blocks " + APPLE
                        + ": the load balancing changes addresses at any time.";
            case TCP_PROXIED, HTTP_PROXIED ->
                "Take " + scope + " to " + APPLE + " out of the transparent proxy of " + place + ".";
            case TLS_INTERCEPTED, PROXY_INTERCEPTS ->
                "Exempt " + scope + " from TLS decryption for " + place
                        + ": *.apple.com, *.icloud.com and the other hosts of Apple's list are refused by devices when re-signed.";
            case TLS_RESET_ON_NAME, TLS_CLOSED_ON_NAME ->
                "Remove " + names(scope) + " from the name (SNI) filter of " + place + ".";
            case TLS_STALLED ->
                "Something accepts connections for " + scope + " on " + place
                        + " and passes nothing on: take Apple's addresses out of that proxy, or let it connect onward.";
            case TLS_VERSION_BROKEN -> "Let TLS 1.3 pass unchanged on " + place + " for " + scope + ".";
            case HTTP_BLOCK_PAGE ->
                "Allow the hosts of Apple's list in the web filter of " + place + " (" + scope + ").";
            case PORTAL_CAPTIVE ->
                "Sign the segment's managed devices in without the portal on " + place
                        + ", or let Apple's hosts pass before sign-in.";
            case PROXY_REQUIRED, PROXY_AUTH_REQUIRED ->
                "Let " + place + " reach " + APPLE
                        + " directly on tcp/5223 and tcp/443: push needs a direct and persistent connection.";
            case UDP_SILENT -> "Allow outbound " + scope + " from " + place + " and its answers.";
            case PATH_MTU ->
                "Let ICMP 'fragmentation needed' and 'packet too big' pass on " + place + ", or clamp the MSS.";
            case IPV6_BROKEN -> "Route IPv6 for " + place + ", or stop announcing it on the segment.";
            case HOLD_REAPED_SILENT, HOLD_REAPED_RESET, HOLD_REAPED_CLOSED ->
                "Raise the idle timer for " + (scope.equals(Scope.ALL) ? "tcp/5223 and tcp/443" : scope) + " on "
                        + place + " to 30 minutes or more, for destination " + APPLE + ".";
            case INBOUND_OPEN -> "Close inbound connections to " + place + ": push needs outbound ones only.";
            case OUTBOUND_OPEN ->
                "Deny connections from " + place + " for " + scope
                        + ", ahead of the rule that lets them through; if they may pass, take them out of the segment's"
                        + " must-not-reach.";
            case MDM_CERTIFICATE, MDM_NAME, MDM_TOKEN_MISSING -> "See the MDM server's own settings.";
            case SEGMENT_OFFLINE -> "Nothing leaves " + place + ": look at its uplink and its default route first.";
            case AGENT_UNFIT ->
                "Give the agent's host on " + place + " what it is short of; until then nobody is accused by it.";
            case AGENT_DISPLACED ->
                "Move the agent into " + place + ", or correct the segment's declared address blocks.";
            case AGENT_DIFFERS ->
                "Look at the agent's own host on " + place
                        + " (its firewall, resolver and proxy settings) and at the version and platform of the agent.";
            case CLOCK_WRONG ->
                place.segment().isPresent()
                        ? "Set the clock of the agent's host on " + place + " and have it kept by NTP."
                        : "Look at the clock of the collector's host first, then at the agents' time server; have both kept by"
                                + " NTP.";
            case UPSTREAM_BLOCKED ->
                "Ask the provider upstream (ISP, school co-op) to allow " + scope + " to " + APPLE + ".";
            case APPLE_DOWN -> "Nothing to change here: wait, and look at Apple's system status page.";
            case QUALITY_LOSS, QUALITY_SLOW, DNS_SLOW, PROXY_OFFERED, CATALOG_FAULT ->
                "Nothing breaks by it; worth a look.";
        };
    }

    private static String names(Scope scope) {
        return scope.equals(Scope.ALL) ? "public names" : scope.toString();
    }
}
