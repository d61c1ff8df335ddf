package dev.plumbline.agent.forecast;

import dev.plumbline.catalog.ProbeKind;

/**
 * What one conversation with one address puts on the wire where all is well, and what is said in it.
 *
 * <p>A model: packets of a whole connection from SYN to last ACK on a path of 1,500 bytes without loss, certificates as long
 * as Apple's usually are. It was held against the packets of an agent in the lab (187 targets, a round of 388
 * connections): connections 389 to 388, packets 1.1 times and bytes sent 1.02 times what was seen, bytes received 1.5
 * times, for the lab's certificates and pages are shorter than the model's. No server of Apple's was asked.
 *
 * @param says for an administrator who reads a packet capture
 * @param each connections and packets of one conversation
 */
public record Cost(String says, Traffic each) {
    /** Connections, packets and bytes sent of a round lie within this factor of what is sent, either way. */
    public static final double FACTOR = 1.5;

    /** Bytes received: certificates and pages differ from server to server. */
    public static final double FACTOR_RECEIVED = 2;

    /** SYN, ACK, FIN, ACK against SYN-ACK and FIN. */
    static final Traffic CONNECTION = new Traffic(1, 4, 216, 2, 125);

    /** A ClientHello of 1,450 bytes for its key share, Finished, goodbye; certificates of 3 kB come back. */
    static final Traffic HANDSHAKE = Traffic.packets(5, 1_700, 5, 3_800);

    /** One name asked for one record type. */
    static final Traffic QUESTION = Traffic.packets(1, 72, 1, 200);

    /** On one address: SYNs with small TTLs, most of which die on the way, and answers that are not listened to. */
    static final Traffic DISTANCE = new Traffic(30, 80, 5_500, 65, 5_000);

    /** A SYN to a closed port and its RST. */
    static final Traffic CANARY = new Traffic(1, 1, 66, 1, 46);

    /** A courier's handshake, an hour of quiet, TLS's goodbye, the end. */
    static final Traffic HOLD = CONNECTION.plus(HANDSHAKE);

    private static final Traffic GET = Traffic.packets(2, 420, 4, 1_500);

    private static final Traffic PLAIN_GET = Traffic.packets(1, 210, 3, 900);

    static Cost of(ProbeKind kind) {
        return switch (kind) {
            case COURIER -> new Cost("TLS handshake with ALPN apns-security-v3, nothing sent in it", tls(Traffic.NONE));
            case PROVIDER_API ->
                new Cost(
                        "TLS, HTTP/2, one POST for a device that does not exist, without credentials",
                        tls(Traffic.packets(3, 700, 4, 900)));
            case HTTPS -> new Cost("TLS, one GET, no redirect followed, no cookie, no credentials", tls(GET));
            case HTTP -> new Cost("HTTP, one GET, no redirect followed", CONNECTION.plus(PLAIN_GET));
            case CAPTIVE ->
                new Cost(
                        "HTTP, one GET as anybody and one as Apple's portal detection",
                        CONNECTION.plus(PLAIN_GET).times(2));
            case BAG ->
                new Cost("HTTP, one GET of the push configuration", CONNECTION.plus(Traffic.packets(3, 280, 5, 9_000)));
            case OCSP ->
                new Cost(
                        "HTTP, one question about a certificate's revocation",
                        CONNECTION.plus(Traffic.packets(1, 400, 3, 2_000)));
            case CERT_FILE ->
                new Cost(
                        "HTTP, one GET of a certificate or revocation list",
                        CONNECTION.plus(Traffic.packets(1, 260, 3, 2_200)));
            case PMV ->
                new Cost(
                        "TLS, one GET of the list of systems, read up to 64 kB",
                        tls(Traffic.packets(6, 700, 30, 40_000)));
            case PLIST -> new Cost("TLS, one GET of the first kilobyte of a list", tls(GET));
            case PLIST_PLAIN -> new Cost("HTTP, one GET of the first kilobyte of a list", CONNECTION.plus(PLAIN_GET));
            case TCP -> new Cost("connected and closed, nothing said", CONNECTION);
            case NTP -> new Cost("one SNTP question, up to three without an answer", Traffic.packets(1, 86, 1, 86));
            case SSH ->
                new Cost(
                        "banner, algorithms and host key, no login",
                        CONNECTION.plus(Traffic.packets(4, 1_600, 5, 2_000)));
            case QUIC ->
                new Cost(
                        "one QUIC packet of a reserved version, up to three without an answer",
                        Traffic.packets(1, 1_238, 1, 70));
            case HTTP3 ->
                new Cost(
                        "one QUIC packet of a reserved version, a QUIC handshake with ALPN h3, nothing asked in it",
                        Traffic.packets(5, 5_000, 5, 5_000));
            case DOH -> new Cost("TLS, HTTP/2, one DNS question", tls(Traffic.packets(3, 700, 4, 900)));
            case NAME_ABSENT, NAME_TEXT -> new Cost("the resolvers are asked, nobody is connected to", Traffic.NONE);
        };
    }

    private static Traffic tls(Traffic exchange) {
        return CONNECTION.plus(HANDSHAKE).plus(exchange);
    }
}
