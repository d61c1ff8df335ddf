package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What servers answer that are well. */
final class Healthy {
    private static final String SUCCESS = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";
    private static final String BANNER = "SSH-2.0-Apple";

    private Healthy() {}

    /** Empty where the kind of probe asks nothing. */
    static Optional<Exchange> answer(ProbeKind probe, String asked, Duration took) {
        return switch (probe) {
            case PROVIDER_API ->
                Optional.of(http(
                        "h2",
                        403,
                        Map.of("apns-id", "01234567-89ab-cdef-0123-456789abcdef"),
                        "{\"reason\":\"MissingProviderToken\"}",
                        Map.of(),
                        took));
            case CAPTIVE -> Optional.of(asking(http(200, SUCCESS, Map.of(), took), asked));
            case BAG ->
                Optional.of(
                        http(200, "<?xml version=\"1.0\"?><plist><dict><key>bag</key></dict></plist>", Map.of(), took));
            case HTTPS, HTTP -> Optional.of(http(200, "ok", Map.of(), took));
            case OCSP ->
                Optional.of(http(
                        "HTTP/1.1",
                        200,
                        Map.of("content-type", "application/ocsp-response"),
                        "ok",
                        Map.of("response-status", "unauthorized"),
                        took));
            case CERT_FILE ->
                Optional.of(http(200, "ok", Map.of("form", "crl", "issuer", "CN=Some CA", "length", "2"), took));
            case PMV -> Optional.of(http(200, "{}", Map.of("content", "public-asset-sets"), took));
            case PLIST, PLIST_PLAIN ->
                Optional.of(http("HTTP/1.1", 206, Map.of(), "<plist version=\"1.0\">", Map.of(), took));
            case SSH ->
                Optional.of(plain(
                        probe,
                        Failure.none(),
                        Map.of("banner", BANNER, "host-key-algorithms", "ssh-ed25519"),
                        (BANNER + "\r\n").getBytes(StandardCharsets.US_ASCII),
                        took));
            case DOH ->
                Optional.of(http(
                        "h2",
                        200,
                        Map.of("content-type", "application/dns-message"),
                        "",
                        Map.of("dns-answer", "ours", "rcode", "0", "answers", "1"),
                        took));
            case NTP ->
                Optional.of(plain(
                        probe,
                        Failure.none(),
                        Map.of("originate", "ours", "mode", "4", "leap", "0", "stratum", "1"),
                        HexFormat.of().parseHex("2401" + "00".repeat(46)),
                        took));
            case QUIC ->
                Optional.of(plain(
                        probe,
                        Failure.none(),
                        Map.of("connection-ids", "swapped", "versions", "00000001"),
                        HexFormat.of().parseHex("80000000000801020304050607080801020304050607080000" + "0001"),
                        took));
            case COURIER, TCP, NAME_ABSENT, NAME_TEXT, HTTP3 -> Optional.empty();
        };
    }

    /** UDP knows no connection: what is dropped shows as silence of the question. */
    static Exchange silence(ProbeKind probe, Duration waited) {
        return plain(probe, Failure.of(FailureKind.EXCHANGE_SILENT), Map.of("sends", "3"), new byte[0], waited);
    }

    private static Exchange http(int status, String body, Map<String, String> seen, Duration took) {
        return http("HTTP/1.1", status, Map.of("server", "Apple", "content-type", "text/html"), body, seen, took);
    }

    private static Exchange http(
            String protocol,
            int status,
            Map<String, String> headers,
            String body,
            Map<String, String> seen,
            Duration took) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Exchange(
                protocol,
                Failure.none(),
                took,
                status,
                headers,
                Bytes.of(bytes),
                bytes.length,
                "",
                seen,
                List.of(),
                "answered with status " + status);
    }

    private static Exchange plain(
            ProbeKind probe, Failure failure, Map<String, String> seen, byte[] body, Duration took) {
        return new Exchange(
                probe.word(), failure, took, 0, Map.of(), Bytes.of(body), body.length, "", seen, List.of(), "");
    }

    private static Exchange asking(Exchange e, String asked) {
        return new Exchange(
                e.protocol(),
                e.failure(),
                e.elapsed(),
                e.status(),
                e.headers(),
                e.bodyStart(),
                e.bodyBytes(),
                asked,
                e.seen(),
                e.evidence(),
                e.summary());
    }
}
