package dev.plumbline.agent.probe;

import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.catalog.ProbeKind;
import java.util.List;

/** What a kind of probe speaks, and so which hostile servers it meets: a new kind comes under the contract by one line. */
enum Ground {
    /** A connection and nothing else: who accepts has answered. */
    CONNECTION,
    HANDSHAKE,
    HTTPS,
    HTTP,
    GREETING,
    DATAGRAMS,
    /** Datagrams with TLS in them: nothing but a handshake or the deadline ends it. */
    QUIC,
    /** Resolvers only; what those do to every kind is in the table of hostile names. */
    NAMES;

    List<Layer> layers() {
        return switch (this) {
            case CONNECTION -> List.of(Layer.TCP);
            case HANDSHAKE -> List.of(Layer.TCP, Layer.TLS);
            case HTTPS -> List.of(Layer.TCP, Layer.TLS, Layer.HTTP, Layer.HTTP2);
            case HTTP -> List.of(Layer.TCP, Layer.HTTP);
            case GREETING -> List.of(Layer.TCP, Layer.SSH);
            case DATAGRAMS, QUIC, NAMES -> List.of();
        };
    }

    static Ground of(ProbeKind kind) {
        return switch (kind) {
            case COURIER -> HANDSHAKE;
            case PROVIDER_API, HTTPS, PMV, PLIST, DOH -> HTTPS;
            case HTTP, CAPTIVE, BAG, OCSP, CERT_FILE, PLIST_PLAIN -> HTTP;
            case TCP -> CONNECTION;
            case SSH -> GREETING;
            case NTP, QUIC -> DATAGRAMS;
            case HTTP3 -> QUIC;
            case NAME_ABSENT, NAME_TEXT -> NAMES;
        };
    }
}
