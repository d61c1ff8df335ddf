package dev.plumbline.deploy.campus;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a host of the fake Internet speaks on one port. Where a port has two of them over TCP, the earlier one wins. */
public enum HostKind {
    /** A push courier: TLS whose chain depends on the ALPN offer, then silence. */
    COURIER(Carrier.TLS),
    /** The provider API: HTTP/2 only, refuses requests without a token with a reason. */
    PROVIDER_API(Carrier.TLS),
    /** HTTP over TLS, by SNI; pages by host name. */
    HTTPS(Carrier.TLS),
    /** Plain HTTP; pages by host name (captive-portal body, configuration bag). */
    HTTP(Carrier.TCP),
    /** An SSH server up to the exchange of keys. */
    SSH(Carrier.TCP),
    /** A port that accepts and waits. */
    TCP(Carrier.TCP),
    /** SNTP over UDP. */
    NTP(Carrier.UDP),
    /** QUIC version negotiation over UDP. */
    QUIC(Carrier.UDP),
    /** QUIC up to a handshake as for HTTP/3, by SNI; nothing is served in it. */
    HTTP3(Carrier.UDP),
    /** No host at all: the name must stay without an address. */
    ABSENT(Carrier.NONE);

    enum Carrier {
        TLS,
        TCP,
        UDP,
        NONE
    }

    private final Carrier carrier;

    HostKind(Carrier carrier) {
        this.carrier = carrier;
    }

    boolean speaksTls() {
        return carrier == Carrier.TLS;
    }

    boolean isTcp() {
        return carrier == Carrier.TCP || carrier == Carrier.TLS;
    }

    boolean isUdp() {
        return carrier == Carrier.UDP;
    }

    /**
     * The kind that serves a probe called {@code word} ({@code courier}, {@code provider-api}, {@code https}, {@code doh},
     * {@code pmv}, {@code plist}, {@code http}, {@code captive}, {@code bag}, {@code ocsp}, {@code cert-file},
     * {@code plist-plain}, {@code tcp}, {@code name-absent}, {@code name-text}, {@code ntp}, {@code ssh}, {@code quic},
     * {@code http3}).
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static HostKind ofWord(String word) {
        return switch (word) {
            case "doh", "pmv", "plist" -> HTTPS;
            case "captive", "bag", "ocsp", "cert-file", "plist-plain" -> HTTP;
            case "name-absent", "name-text" -> ABSENT;
            default ->
                Arrays.stream(values())
                        .filter(k -> k.word().equals(word))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "'" + word + "' is no kind of host; known are "
                                                + Arrays.stream(values())
                                                        .map(HostKind::word)
                                                        .collect(Collectors.joining(", "))
                                                + ", doh, pmv, plist, captive, bag, ocsp, cert-file, plist-plain, name-absent, name-text"));
        };
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
