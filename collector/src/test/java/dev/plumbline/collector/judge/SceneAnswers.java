package dev.plumbline.collector.judge;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the hosts of a scene answer, healthy or as an effect has it. */
public final class SceneAnswers {
    private SceneAnswers() {}

    /** Empty where the kind of probe asks nothing. */
    public static Optional<Exchange> exchange(Target target, String effect) {
        if (effect.startsWith("portal")) {
            return Optional.of(http(302, Map.of("location", "http://portal.campus.example/login"), ""));
        }
        if (effect.equals("block-page")) {
            return Optional.of(http(
                    403,
                    Map.of("content-type", "text/html"),
                    "<html><title>Web filter</title>This page has been blocked.</html>"));
        }
        if (effect.equals("garbage")) {
            return Optional.of(http(200, Map.of("content-type", "text/plain"), "nothing of the kind"));
        }
        if (effect.equals("gone")) {
            return Optional.of(http(404, Map.of(), ""));
        }
        if (effect.equals("expired") && target.probe() == ProbeKind.CERT_FILE) {
            return Optional.of(http(
                    200,
                    Map.of(),
                    "ok",
                    Map.of(
                            "form",
                            "crl",
                            "issuer",
                            "CN=Some CA",
                            "length",
                            "2",
                            "next-update",
                            "2026-10-01T00:00:00Z")));
        }
        return switch (target.probe()) {
            case PROVIDER_API -> Optional.of(effect.equals("foreign") ? http(502, Map.of(), "<html>") : provider());
            case CAPTIVE ->
                Optional.of(
                        http(200, Map.of(), "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"));
            case BAG ->
                Optional.of(http(200, Map.of(), "<?xml version=\"1.0\"?><plist><dict><key>bag</key></dict></plist>"));
            case HTTPS, HTTP -> Optional.of(http(200, Map.of(), "ok"));
            case OCSP ->
                Optional.of(http(
                        200,
                        Map.of("content-type", "application/ocsp-response"),
                        "ok",
                        Map.of("response-status", "unauthorized")));
            case CERT_FILE ->
                Optional.of(http(200, Map.of(), "ok", Map.of("form", "crl", "issuer", "CN=Some CA", "length", "2")));
            case PMV -> Optional.of(http(200, Map.of(), "{}", Map.of("content", "public-asset-sets")));
            case PLIST, PLIST_PLAIN -> Optional.of(http(206, Map.of(), "<plist version=\"1.0\">"));
            case SSH -> Optional.of(OddAnswers.ssh());
            case DOH -> Optional.of(effect.equals("foreign") ? http(502, Map.of(), "<html>") : OddAnswers.doh());
            case COURIER, TCP, NAME_ABSENT, NAME_TEXT, NTP, QUIC, HTTP3 -> Optional.empty();
        };
    }

    /** The same, in answer to one of several questions. */
    public static Exchange asking(Exchange e, String asked) {
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

    private static Exchange provider() {
        byte[] body = "{\"reason\":\"MissingProviderToken\"}".getBytes(StandardCharsets.UTF_8);
        return new Exchange(
                "h2",
                Failure.none(),
                Duration.ofMillis(20),
                403,
                Map.of("apns-id", "01234567-89ab-cdef-0123-456789abcdef"),
                Bytes.of(body),
                body.length,
                "",
                Map.of(),
                List.of(),
                "");
    }

    private static Exchange http(int status, Map<String, String> headers, String body) {
        return http(status, headers, body, Map.of());
    }

    private static Exchange http(int status, Map<String, String> headers, String body, Map<String, String> seen) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Exchange(
                "HTTP/1.1",
                Failure.none(),
                Duration.ofMillis(20),
                status,
                headers,
                Bytes.of(bytes),
                bytes.length,
                "",
                seen,
                List.of(),
                "");
    }
}
