package dev.plumbline.catalog;

import java.util.Locale;

/** How a target is probed; each kind has one class in the agent and one expectation here. */
public enum ProbeKind {
    /** TLS to a push courier: private PKI, ALPN ladder, every address of both families. */
    COURIER,
    /** The provider API over HTTP/2 without credentials: any documented reason with an apns-id is healthy. */
    PROVIDER_API,
    /** TLS identity, then GET: any HTTP status that is no block page. */
    HTTPS,
    /** Plain HTTP GET without redirects: any status that is no block page. */
    HTTP,
    /** Plain HTTP GET of the captive-portal body, which must be exactly Success. */
    CAPTIVE,
    /** The push configuration bag over plain HTTP. */
    BAG,
    /** Only a TCP connection: proves little, used where nothing better is known. */
    TCP,
    /** A name that must not resolve: an answer betrays a wildcard or a sinkhole. */
    NAME_ABSENT,
    /** SNTP. */
    NTP,
    /** SSH banner. */
    SSH,
    /** QUIC version negotiation. */
    QUIC,
    /** DNS over HTTPS. */
    DOH;

    /** Lower-case word used in catalog files, plans and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of this word.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static ProbeKind ofWord(String word) {
        return Words.of(ProbeKind.class, word);
    }

    /** True when the probe speaks TLS over TCP and so sees a certificate chain. */
    public boolean seesCertificate() {
        return switch (this) {
            case COURIER, PROVIDER_API, HTTPS, DOH -> true;
            case HTTP, CAPTIVE, BAG, TCP, NAME_ABSENT, NTP, SSH, QUIC -> false;
        };
    }
}
