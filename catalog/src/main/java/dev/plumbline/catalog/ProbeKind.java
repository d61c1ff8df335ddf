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
    /** A TXT record, a fact beside the addresses: nothing is connected to, and its absence is no failure. */
    NAME_TEXT,
    /** A real question to an OCSP responder over plain HTTP; the path may carry one after the responder's own (RFC 6960 §A.1). */
    OCSP,
    /** A certificate or revocation list in DER over plain HTTP. */
    CERT_FILE,
    /** TLS identity, then JSON with the published asset sets. */
    PMV,
    /** TLS identity, then the beginning of a property list. */
    PLIST,
    /** The beginning of a property list over plain HTTP. */
    PLIST_PLAIN,
    /** SNTP. */
    NTP,
    /** SSH banner, which is the answer; algorithms and host key beside it. */
    SSH,
    /** QUIC version negotiation and no more, where a server answers no ordinary handshake. */
    QUIC,
    /** QUIC version negotiation, then a handshake of version 1 as for HTTP/3: TLS identity, nothing is requested. */
    HTTP3,
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

    /** True when the probe speaks TLS, over TCP or in QUIC, and so sees a certificate chain. */
    public boolean seesCertificate() {
        return switch (this) {
            case COURIER, PROVIDER_API, HTTPS, PMV, PLIST, DOH, HTTP3 -> true;
            case HTTP, CAPTIVE, BAG, OCSP, CERT_FILE, PLIST_PLAIN, TCP, NAME_ABSENT, NAME_TEXT, NTP, SSH, QUIC -> false;
        };
    }

    /** True when requests go without TLS, so that an HTTP proxy sees and forwards each by itself. */
    public boolean isPlainHttp() {
        return switch (this) {
            case HTTP, CAPTIVE, BAG, OCSP, CERT_FILE, PLIST_PLAIN -> true;
            case COURIER, PROVIDER_API, HTTPS, PMV, PLIST, DOH, TCP, NAME_ABSENT, NAME_TEXT, NTP, SSH, QUIC, HTTP3 ->
                false;
        };
    }

    /** True when only the resolver is asked: such a probe makes no attempts. */
    public boolean asksNamesOnly() {
        return this == NAME_ABSENT || this == NAME_TEXT;
    }
}
