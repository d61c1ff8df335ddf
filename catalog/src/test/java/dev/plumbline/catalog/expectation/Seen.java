package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.QuicHandshake;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts as an agent would capture them, in few words. */
final class Seen {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Endpoint LOCAL = new Endpoint("10.20.20.10", 40000);
    private static final Endpoint REMOTE = new Endpoint("17.57.144.10", 5223);

    private Seen() {}

    static Target target(ProbeKind probe, IdentityClass identity, String host, String serverName) {
        return new Target(
                new TargetId("target"),
                host,
                0,
                443,
                Transport.TCP,
                probe,
                serverName,
                identity,
                List.of(),
                "/",
                Set.of(Service.APNS),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }

    static Target plain(ProbeKind probe, String host) {
        return target(probe, IdentityClass.NONE, host, host);
    }

    static Attempt attempt(List<Handshake> handshakes, Optional<Exchange> exchange) {
        return attempt(Failure.none(), handshakes, exchange);
    }

    static Attempt attempt(Failure connect, List<Handshake> handshakes, Optional<Exchange> exchange) {
        return new Attempt(
                "host",
                Transport.TCP,
                LOCAL,
                REMOTE,
                AT,
                connect,
                Duration.ZERO,
                Duration.ZERO,
                handshakes,
                exchange,
                WhoAnswered.NOTHING);
    }

    static Handshake handshake(String name, List<String> offered, String selected, X509Certificate... chain) {
        return new Handshake(
                name,
                offered,
                List.of(),
                LOCAL,
                Failure.none(),
                Duration.ZERO,
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                selected,
                false,
                java.util.Arrays.stream(chain).map(Chain::hash).toList());
    }

    static Handshake failed(String name, List<String> offered, FailureKind kind, String... versions) {
        return new Handshake(
                name, offered, List.of(versions), LOCAL, Failure.of(kind), Duration.ZERO, "", "", "", false, List.of());
    }

    /** In QUIC of version 1; refused where there is a code. */
    static Handshake quic(String name, FailureKind failure, Optional<Long> code, X509Certificate... chain) {
        boolean stands = failure == FailureKind.NONE;
        return new Handshake(
                name,
                List.of("h3"),
                List.of(),
                LOCAL,
                Failure.of(failure),
                Duration.ZERO,
                stands ? "TLSv1.3" : "",
                "",
                stands ? "h3" : "",
                false,
                java.util.Arrays.stream(chain).map(Chain::hash).toList(),
                Duration.ZERO,
                Optional.empty(),
                Optional.of(new QuicHandshake(
                        QuicHandshake.VERSION_1, code.map(c -> new QuicHandshake.Close(c, false, "")))));
    }

    static Exchange http(int status, String headers, String body) {
        return exchange("HTTP/1.1", Failure.none(), status, headers, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Headers as {@code name=value; name=value}. */
    static Exchange exchange(String protocol, Failure failure, int status, String headers, byte[] body) {
        return exchange(protocol, failure, status, headers, "", body);
    }

    /** The same with what the agent read out of the answer, written like the headers. */
    static Exchange exchange(String protocol, Failure failure, int status, String headers, String seen, byte[] body) {
        return new Exchange(
                protocol,
                failure,
                Duration.ZERO,
                status,
                pairs(headers),
                Bytes.of(body),
                body.length,
                "",
                pairs(seen),
                List.of(),
                "");
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> all = new HashMap<>();
        for (String pair : text.split("; ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                all.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return all;
    }

    static Certificates kept(X509Certificate... certificates) {
        Map<Sha256, X509Certificate> all = new HashMap<>();
        for (X509Certificate certificate : certificates) {
            all.put(Chain.hash(certificate), certificate);
        }
        return hash -> Optional.ofNullable(all.get(hash));
    }
}
